-- Run by "odoo neutralize": the gateway of each company leads nowhere, and its secret is not in the copy.
UPDATE res_company
   SET hotel_sms_url = 'https://neutralized.invalid/', hotel_sms_key = 'neutralized', hotel_sms_secret = 'neutralized'
 WHERE hotel_sms_url IS NOT NULL;
