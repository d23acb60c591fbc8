"""Weights of the rules' numbers by language; see rules.py. Made by fitting, not by hand."""

#: language -> constant of each category
CONSTANTS = {
    "zh": {
        "cleanliness": -0.145,
        "facilities": 0.322,
        "noise": 0.019,
        "staff": 0.335,
        "front_desk": -0.787,
        "food": -0.661,
        "price": -0.076,
        "internet": -0.519,
        "location": -0.330,
        "safety": -0.109,
        "smell": 0.503,
        "other": 1.448,
    },
    "en": {
        "cleanliness": 0.582,
        "facilities": -0.654,
        "noise": 0.125,
        "staff": -0.414,
        "front_desk": -0.324,
        "food": -1.159,
        "price": 0.227,
        "internet": 0.114,
        "location": -1.689,
        "safety": 0.228,
        "smell": 1.226,
        "other": 1.738,
    },
}
#: language -> weights of (log of all clauses, share, log of the heaviest clause, named first)
SHARED = {
    "zh": (2.174, 1.381, 0.841, 0.635, -0.581, 1.792),
    "en": (2.841, 0.798, 0.685, 0.467, -0.172, 0.891),
}
