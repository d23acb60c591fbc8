from . import hotel_survey_report
