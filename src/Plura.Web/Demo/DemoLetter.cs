namespace Plura.Web.Demo;

/// <summary>What the demo's practice writes to its patients.</summary>
internal static class DemoLetter
{
    public const string Subject = "{{ contact.first_name | default: \"Hello\" }}, your autumn check-up";

    public const string Preview = "Twenty minutes, and you are done until spring.";

    public const string Html = """
        <h1>Time for your check-up</h1>
        <p>Dear {{ contact.first_name | default: "patient" }},</p>
        <p>autumn is when we look after everyone who has not been in for a while. {{ contact.fields.dentist | default: "Our team" }} has kept
        mornings free for check-ups this month. It takes twenty minutes, and most insurers pay for it.</p>
        <p><a href="https://harbour-street.example/book">Choose a time that suits you</a></p>
        <p>New here: we now open on <a href="https://harbour-street.example/hours">Thursday evenings until eight</a>.</p>
        <p>See you soon,<br>the team at Harbour Street</p>
        """;

    public const string Wording = "Yes, send me reminders and news from Harbour Street Dental by e-mail. I can stop this at any time.";
}
