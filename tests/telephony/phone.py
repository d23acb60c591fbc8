"""An agent's telephone: registers, rings, answers after a moment, talks, hangs up. Run as a program.

phone.py USER ADDRESS PORT SIP_PORT SECRET TALK_SECONDS [CODE]   CODE 486: refuses; TALK_SECONDS 0: never hangs up
"""

import sys
import time

import pjsua2 as pj

user, address, port, sip_port, secret, talk = sys.argv[1:7]
code = int(sys.argv[7]) if len(sys.argv) > 7 else 200
sound = sys.argv[8] if len(sys.argv) > 8 else ""


def tell(text):
    """Say what happens, for the test."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


class Call(pj.Call):
    def onCallState(self, _parameter):
        info = self.getInfo()
        tell(f"call {info.stateText} {info.lastStatusCode}")
        if info.state == pj.PJSIP_INV_STATE_DISCONNECTED:
            account.over = True

    def onCallMediaState(self, _parameter):
        info = self.getInfo()  # kept: what lies in it goes with it
        for number, media in enumerate(info.media):
            if media.type == pj.PJMEDIA_TYPE_AUDIO and media.status == pj.PJSUA_CALL_MEDIA_ACTIVE and account.player:
                self.line = self.getAudioMedia(number)
                account.player.startTransmit(self.line)


class Account(pj.Account):
    call = rang_at = answered_at = player = None
    over = False

    def onRegState(self, parameter):
        tell(f"registered {parameter.code}")

    def onIncomingCall(self, parameter):
        self.call = Call(self, parameter.callId)
        answer(self.call, 180)
        self.rang_at, self.over = time.monotonic(), False
        tell("ringing")


def answer(call, status):
    parameter = pj.CallOpParam()
    parameter.statusCode = status
    call.answer(parameter)


endpoint = pj.Endpoint()
endpoint.libCreate()
config = pj.EpConfig()
config.logConfig.level = config.logConfig.consoleLevel = 0
config.uaConfig.threadCnt, config.uaConfig.mainThreadOnly = 0, True
endpoint.libInit(config)
transport = pj.TransportConfig()
transport.port, transport.boundAddress = int(port), address
endpoint.transportCreate(pj.PJSIP_TRANSPORT_UDP, transport)
endpoint.audDevManager().setNullDev()
endpoint.libStart()
account, settings = Account(), pj.AccountConfig()
settings.idUri, settings.regConfig.registrarUri = f"sip:{user}@127.0.0.1:{sip_port}", f"sip:127.0.0.1:{sip_port}"
settings.sipConfig.authCreds.append(pj.AuthCredInfo("digest", "*", user, 0, secret))
media = settings.mediaConfig.transportConfig
media.boundAddress, media.port, media.portRange = address, 18000, 100
if sound:
    account.player = pj.AudioMediaPlayer()
    account.player.createPlayer(sound, 0)
account.create(settings)
until = time.monotonic() + 120
while time.monotonic() < until:
    endpoint.libHandleEvents(20)
    now = time.monotonic()
    if account.rang_at and now - account.rang_at > 0.7:
        answer(account.call, code)
        account.rang_at, account.answered_at = None, now if code == 200 else None
    if account.answered_at and float(talk) and now - account.answered_at > float(talk) and not account.over:
        account.answered_at = None
        account.call.hangup(pj.CallOpParam())
