"""Weights of the rules' numbers by language; see rules.py. Made by tests/load/classify.py --fit."""

#: language -> constant of each category
CONSTANTS = {
    "zh": {
        "cleanliness": 0.177,
        "facilities": -0.427,
        "noise": -0.404,
        "staff": -0.181,
        "front_desk": -0.702,
        "food": -0.504,
        "price": -0.378,
        "internet": -0.609,
        "location": -0.593,
        "safety": 0.809,
        "smell": 0.285,
        "other": 2.527,
    },
    "en": {
        "cleanliness": 0.621,
        "facilities": -0.768,
        "noise": -0.224,
        "staff": -0.795,
        "front_desk": -0.731,
        "food": -0.923,
        "price": -0.098,
        "internet": 0.172,
        "location": -0.777,
        "safety": 0.320,
        "smell": 1.114,
        "other": 2.091,
    },
}
#: language -> weights of the numbers in the order of rules.features
SHARED = {
    "zh": (1.288, 0.957, 1.519, 0.828, 1.142, -0.299, 2.704),
    "en": (1.431, 0.279, 0.869, 1.419, 0.938, 0.876, 1.576),
}
#: language -> SHA-256 of the table of leaning.py
WORDS = {
    "zh": "804bf4cc8783f2a44be355ac1878bf9b159ba358100b5c760e1966744a0cb551",
    "en": "5c79b87135cc94a6e636c44005ed85e7705266ce15e63be21827115597aa1709",
}
