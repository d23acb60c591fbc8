"""Weights of the rules' numbers by language; see rules.py. Fitted by tests/load/classify.py --fit."""

#: language -> constant of each category
CONSTANTS = {
    "zh": {
        "cleanliness": 0.025,
        "facilities": 0.208,
        "noise": -0.208,
        "staff": 0.147,
        "front_desk": -0.848,
        "food": -0.436,
        "price": -0.266,
        "internet": -0.752,
        "location": -0.836,
        "safety": 0.174,
        "smell": 0.352,
        "other": 2.440,
    },
    "en": {
        "cleanliness": 0.613,
        "facilities": -0.496,
        "noise": -0.192,
        "staff": -0.632,
        "front_desk": -0.712,
        "food": -1.279,
        "price": 0.204,
        "internet": 0.115,
        "location": -1.282,
        "safety": 0.177,
        "smell": 1.150,
        "other": 2.334,
    },
}
#: language -> weights of the numbers in the order of rules.features
SHARED = {
    "zh": (1.775, 1.013, 1.471, 1.154, 1.077, -0.225),
    "en": (1.584, 0.330, 0.985, 1.791, 0.706, 0.828),
}
