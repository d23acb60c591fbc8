"""Text to speech by espeak-ng, as wave files that Asterisk plays: 8 kHz, mono, 16 bits.

Each text is rendered once, however many calls want it at the same time.
"""

import array
import asyncio
import hashlib
import io
import os
import uuid
import wave
from pathlib import Path

RATE = 8000
VOICES = {"zh_CN": "cmn-latn-pinyin", "en_US": "en"}


class Speech:
    """Sounds in a folder that the exchange reads."""

    def __init__(self, folder, program="espeak-ng"):
        self.folder, self.program, self.locks = Path(folder), program, {}
        self.folder.mkdir(parents=True, exist_ok=True)

    async def render(self, text, lang):
        """Return the name of a sound (without ending) that says a text.

        :param str text: what is said; Chinese as pinyin
        :param str lang: en_US or zh_CN
        """
        name = "say-" + hashlib.sha256(f"{lang}|{text}".encode()).hexdigest()[:24]
        async with self.locks.setdefault(name, asyncio.Lock()):
            if not (self.folder / f"{name}.wav").exists():
                await self._speak(text, VOICES.get(lang, "en"), name)
        return name

    async def _speak(self, text, voice, name):
        process = await asyncio.create_subprocess_exec(
            self.program, "-v", voice, "-s", "165", "--stdin", "--stdout",
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        spoken, _errors = await process.communicate(text.encode())
        if process.returncode or not spoken:
            raise RuntimeError("the speech engine has failed")
        await asyncio.to_thread(self.keep, name, to_telephone(spoken))

    def keep(self, name, content):
        """Keep a sound under a name; a temporary name of its own until it is whole."""
        scratch = self.folder / f"{name}.{uuid.uuid4().hex}.part"
        scratch.write_bytes(content)
        os.replace(scratch, self.folder / f"{name}.wav")


def to_telephone(content: bytes) -> bytes:
    """Return a wave file as one of 8 kHz; what a higher rate has above 4 kHz is averaged away.

    >>> sound = io.BytesIO()
    >>> with wave.open(sound, "wb") as file:
    ...     file.setnchannels(1); file.setsampwidth(2); file.setframerate(16000)
    ...     file.writeframes(array.array("h", [100] * 1600).tobytes())
    >>> with wave.open(io.BytesIO(to_telephone(sound.getvalue()))) as file:
    ...     file.getframerate(), file.getnframes(), set(array.array("h", file.readframes(800)))
    (8000, 800, {100})
    """
    start = content.index(b"data") + 8
    with wave.open(io.BytesIO(_mend(content, start))) as file:
        rate, samples = file.getframerate(), array.array("h", file.readframes(file.getnframes()))
    step = rate / RATE
    sums = [0]
    for sample in samples:
        sums.append(sums[-1] + sample)
    made = array.array("h")
    for number in range(int(len(samples) / step)):
        first = int(number * step)
        last = max(int((number + 1) * step), first + 1)
        made.append(int((sums[last] - sums[first]) / (last - first)))
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(made.tobytes())
    return target.getvalue()


def _mend(content, start):
    """A wave file from a pipe does not know its length."""
    length = (len(content) - start) & ~1
    head = content[:4] + (start + length - 8).to_bytes(4, "little") + content[8 : start - 4]
    return head + length.to_bytes(4, "little") + content[start : start + length]
