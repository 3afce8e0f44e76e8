using Plura.Contacts.Contracts;

namespace Plura.Campaigns;

/// <summary>What the bicycle shop writes.</summary>
internal static class DemoLetters
{
    private const string Shop = "https://kettle-and-chain.example";

    public static CreateCampaign Autumn(string name) => new()
    {
        Name = name,
        Subject = "{{ contact.first_name | default: \"Hello\" }}, is your bike ready for the wet?",
        Preview = "Ten per cent off every service booked before the clocks change.",
        Html = $$$"""
            <h2>Hello {{ contact.first_name | default: "there" }},</h2>
            <p>The first rain is here, and with it the grit that eats chains. Bring your bike in before the clocks change and we take <strong>ten per cent off</strong> any service.</p>
            <ul><li>Chain, cassette and brakes checked and cleaned</li><li>Lights tested, mudguards fitted at no charge</li><li>Ready the next day</li></ul>
            <p><a href="{{{Shop}}}/book">Book a service</a></p>
            <p>See you in Harbour Yard,<br>Maya and Tom</p>
            """,
        Audience = new Audience { All = true },
    };

    public static CreateCampaign Draft() => new()
    {
        Name = "Winter lights",
        Subject = "Be seen: our five favourite lights",
        Preview = "Tested on the way home, in the rain.",
        Html = $"<h2>Be seen</h2><p>We rode home with eleven lights this autumn. These five we would buy ourselves.</p><p><a href=\"{Shop}/lights\">See the five</a></p>",
        Audience = new Audience { Tags = ["commuter", "e-bike"] },
    };

    public static CreateCampaign Scheduled() => new()
    {
        Name = "Club evening",
        Subject = "Club evening: maintenance for beginners",
        Preview = "Bring your own bike. Tea and cake are on us.",
        Html = $"<h2>Club evening</h2><p>Hello {{{{ contact.first_name | default: \"there\" }}}}, we show you how to mend a puncture, set your gears and clean a chain. Bring your own bike.</p><p><a href=\"{Shop}/club\">Save a place</a></p>",
        Audience = new Audience { Tags = ["club member"] },
        RatePerMinute = 120,
    };
}
