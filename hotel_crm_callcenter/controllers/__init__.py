from . import telephony, telephony_dispatcher
