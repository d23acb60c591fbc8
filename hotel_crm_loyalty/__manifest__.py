{
    "name": "Hotel CRM Loyalty",
    "summary": "Points, tiers and rewards of hotel guests, by rules that are data",
    "version": "19.0.1.0.0",
    "category": "Services/Hotel",
    "author": "Hotel CRM contributors",
    "license": "LGPL-3",
    "depends": ["hotel_crm_base"],
}
