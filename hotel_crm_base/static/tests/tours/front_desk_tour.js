import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";

const openDesk = [
    {
        content: "the app opens with the front desk",
        trigger: ".o_hotel_front_desk .o_hotel_guest_box input:focus",
    },
];

registry.category("web_tour.tours").add("hotel_front_desk_find", {
    steps: () => [
        ...openDesk,
        {
            content: "the last digits of a phone number",
            trigger: ".o_hotel_guest_box input",
            run: "edit 45678",
        },
        {
            content: "are marked in the number of the guest",
            trigger: ".o_hotel_guest_option:contains(李雷) mark:contains(45678)",
        },
        {
            content: "arrows walk through the list",
            trigger: ".o_hotel_guest_box input",
            run: "press ArrowDown",
        },
        {
            trigger: ".o_hotel_register_option.o_hotel_option_active",
        },
        {
            trigger: ".o_hotel_guest_box input",
            run: "press ArrowUp",
        },
        {
            trigger: ".o_hotel_guest_option.o_hotel_option_active",
        },
        {
            content: "Enter opens the guest",
            trigger: ".o_hotel_guest_box input",
            run: "press Enter",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=name]:contains(李雷), .o_form_view input:value(李雷)",
        },
        {
            content: "the way back leads to the same list",
            trigger: ".breadcrumb-item a:contains(Front Desk)",
            run: "click",
        },
        {
            trigger: ".o_hotel_guest_option:contains(李雷)",
        },
        {
            content: "Esc clears the box",
            trigger: ".o_hotel_guest_box input",
            run: "press Escape",
        },
        {
            trigger: ".o_hotel_day_list[data-list=in_house] .o_hotel_day_guest:contains(李雷)",
        },
        {
            content: "an anonymous stay is shown as such and opens as a stay",
            trigger: ".o_hotel_day_list[data-list=arrivals] .o_hotel_day_open:contains(Anonymous guest)",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=arrival_date]",
        },
    ],
});

registry.category("web_tour.tours").add("hotel_front_desk_register", {
    steps: () => [
        ...openDesk,
        {
            trigger: ".o_hotel_guest_box input",
            run: "edit 912 345 679",
        },
        {
            content: "nobody has this number: Enter registers",
            trigger: ".o_hotel_register_option.o_hotel_option_active",
        },
        {
            trigger: ".o_hotel_guest_box input",
            run: "press Enter",
        },
        {
            content: "the number is where it belongs",
            trigger: ".o_hotel_new_guest_dialog input[name=phone]:value(912 345 679)",
        },
        {
            trigger: ".o_hotel_new_guest_dialog .o_hotel_phone_read:contains(+351912345679)",
        },
        {
            content: "a name in another order and script",
            trigger: ".o_hotel_new_guest_dialog input[name=name]",
            run: "edit Lei Li",
        },
        {
            trigger: ".o_hotel_alike_guest:contains(李雷):contains(Same name)",
        },
        {
            content: "a wrong address stops the registration with a sentence",
            trigger: ".o_hotel_new_guest_dialog input[name=email]",
            run: "edit lei.li",
        },
        {
            trigger: ".o_hotel_register:contains(Register Anyway)",
            run: "click",
        },
        {
            trigger: ".o_hotel_error:contains(needs one @)",
        },
        {
            trigger: ".o_hotel_new_guest_dialog input[name=email]",
            run: "edit lei.li@example.com",
        },
        {
            trigger: "body:not(:has(.o_hotel_error))",
        },
        {
            trigger: "input[name=consent_email]:enabled",
            run: "click",
        },
        {
            content: "a double click registers one guest",
            trigger: ".o_hotel_register:enabled",
            run({ anchor }) {
                anchor.click();
                anchor.click();
                browser.setTimeout(() => anchor.click(), 10);
            },
        },
        {
            trigger: ".o_form_view input:value(Lei Li), .o_form_view .o_field_widget[name=name]:contains(Lei Li)",
        },
    ],
});
