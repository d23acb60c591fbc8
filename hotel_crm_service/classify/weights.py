"""Weights of the rules' numbers by language; see rules.py. Made by fitting, not by hand."""

#: language -> constant of each category
CONSTANTS = {
    "zh": {
        "cleanliness": 0.161,
        "facilities": -0.037,
        "noise": 0.422,
        "staff": 0.089,
        "front_desk": -0.219,
        "food": -0.532,
        "price": -0.372,
        "internet": -0.976,
        "location": -0.297,
        "safety": -0.079,
        "smell": 0.504,
        "other": 1.333,
    },
    "en": {
        "cleanliness": 0.526,
        "facilities": -0.453,
        "noise": -0.073,
        "staff": -0.463,
        "front_desk": -0.251,
        "food": -0.866,
        "price": 0.295,
        "internet": 0.055,
        "location": -1.542,
        "safety": 0.066,
        "smell": 1.148,
        "other": 1.558,
    },
}
#: language -> weights of (log of all clauses, share, log of the heaviest clause, named first)
SHARED = {
    "zh": (2.642, 1.188, 0.1, 0.759, -0.58, 1.454),
    "en": (2.94, 0.754, 0.229, 0.466, -0.092, 0.528),
}
