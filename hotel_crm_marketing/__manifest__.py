{
    "name": "Hotel CRM Marketing",
    "summary": "Activities, offers and greetings that reach the right guest once",
    "version": "19.0.1.0.0",
    "category": "Services/Hotel",
    "author": "Hotel CRM contributors",
    "license": "LGPL-3",
    "depends": ["hotel_crm_loyalty", "mass_mailing_sms"],
    "external_dependencies": {"python": ["borax"]},
    "data": [
    ],
}
