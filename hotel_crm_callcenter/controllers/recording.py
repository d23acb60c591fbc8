"""The page of a recording: for supervisors, in parts as players ask for it, and each time noted."""

from odoo.exceptions import AccessError, MissingError
from odoo.http import Controller, request, route


class Recording(Controller):
    """What the player in the form of a call asks for."""

    @route(
        "/hotel_callcenter/recording/<int(min=1):recording_id>",
        type="http", auth="user", methods=["GET"], readonly=False,
    )  # fmt: skip
    def listen(self, recording_id, **_params):
        """Return a recording, or the part of it that is asked for.

        :param int recording_id: of a call that the user may supervise
        """
        try:
            recording = request.env["hotel.call.recording"].browse(recording_id)._listen()
        except (AccessError, MissingError):
            # whether there is one is no one's business
            return request.not_found()
        stream = request.env["ir.binary"]._get_stream_from(recording, "content", filename=f"{recording.name}.wav")
        stream.mimetype = "audio/wav"
        response = stream.get_response(as_attachment=False)
        response.headers["Cache-Control"] = "private, no-store"
        return response
