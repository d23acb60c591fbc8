from . import hotel_guest_document_reveal
