from . import hotel_care_why
