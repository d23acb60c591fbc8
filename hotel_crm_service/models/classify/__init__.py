from . import hotel_classifier
from . import hotel_classifier_training
from . import hotel_case_correction
from . import hotel_case
