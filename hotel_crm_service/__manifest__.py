{
    "name": "Hotel CRM Service",
    "summary": "Complaints, requests, surveys and follow-up against a clock",
    "version": "19.0.1.0.0",
    "category": "Services/Hotel",
    "author": "Hotel CRM contributors",
    "license": "LGPL-3",
    "depends": ["hotel_crm_loyalty", "rating", "survey"],
    "external_dependencies": {"python": ["scikit-learn"]},
    "data": [
        "security/ir.model.access.csv",
        "security/hotel_case_security.xml",
        "data/hotel_case_category_data.xml",
        "views/hotel_crm_service_menus.xml",
        "views/case/hotel_department_views.xml",
        "views/case/hotel_case_category_views.xml",
        "views/case/hotel_case_views.xml",
        "views/case/hotel_room_code_views.xml",
        "views/portal/case_form_templates.xml",
        "views/portal/own_case_templates.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "hotel_crm_service/static/src/portal/**/*",
        ],
    },
}
