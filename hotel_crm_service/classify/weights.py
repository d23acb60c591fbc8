"""Weights of the rules' numbers by language; see rules.py. Made by fitting, not by hand."""

#: language -> constant of each category
CONSTANTS = {
    "zh": {
        "cleanliness": 0.164,
        "facilities": -0.083,
        "noise": 0.425,
        "staff": 0.069,
        "front_desk": -0.207,
        "food": -0.497,
        "price": -0.363,
        "internet": -0.985,
        "location": -0.308,
        "safety": -0.062,
        "smell": 0.506,
        "other": 1.342,
    },
    "en": {
        "cleanliness": 0.529,
        "facilities": -0.467,
        "noise": -0.092,
        "staff": -0.447,
        "front_desk": -0.283,
        "food": -0.904,
        "price": 0.304,
        "internet": 0.061,
        "location": -1.545,
        "safety": 0.135,
        "smell": 1.153,
        "other": 1.555,
    },
}
#: language -> weights of (log of all clauses, share, log of the heaviest clause, named first)
SHARED = {
    "zh": (2.647, 1.157, 0.138, 0.783, -0.564, 1.386),
    "en": (2.939, 0.779, 0.229, 0.459, -0.08, 0.479),
}
