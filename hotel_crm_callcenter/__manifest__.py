{
    "name": "Hotel CRM Call Center",
    "summary": "A telephone that knows the guest: voice menu, agent's desk, callbacks",
    "version": "19.0.1.0.0",
    "category": "Services/Hotel",
    "author": "Hotel CRM contributors",
    "license": "LGPL-3",
    "depends": ["hotel_crm_service"],
    "data": [
    ],
}
