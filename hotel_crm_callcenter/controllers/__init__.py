from . import recording, telephony, telephony_dispatcher
