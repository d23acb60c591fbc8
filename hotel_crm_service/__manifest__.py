{
    "name": "Hotel CRM Service",
    "summary": "Complaints, requests, surveys and follow-up against a clock",
    "version": "19.0.1.0.0",
    "category": "Services/Hotel",
    "author": "Hotel CRM contributors",
    "license": "LGPL-3",
    "depends": ["hotel_crm_loyalty", "survey"],
    "external_dependencies": {"python": ["scikit-learn"]},
    "data": [
    ],
}
