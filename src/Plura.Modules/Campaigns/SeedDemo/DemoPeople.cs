using System.Globalization;
using System.Text;
using Bogus;
using Plura.Contacts.Contracts;

namespace Plura.Campaigns;

/// <summary>The customers of the demo's bicycle shop, the same at every telling. Addresses are of reserved names that nobody owns.</summary>
internal static class DemoPeople
{
    private static readonly string[] Interests = ["road", "gravel", "e-bike", "kids", "commuter"];

    /// <summary>Every 60th address is one that does not exist.</summary>
    public static bool Bounces(int number) => number % 60 == 7;

    public static IReadOnlyList<ContactDraft> Make(int count)
    {
        var faker = new Faker("en_GB") { Random = new Randomizer(20261123) };
        return [.. Enumerable.Range(0, count).Select(number => One(faker, number))];
    }

    private static ContactDraft One(Faker faker, int number)
    {
        var (first, last) = (faker.Name.FirstName(), faker.Name.LastName());
        var tags = new List<string> { faker.PickRandom(Interests) };
        if (number % 3 == 0)
            tags.Add("workshop customer");
        if (number % 7 == 0)
            tags.Add("club member");
        var domain = Bounces(number) ? "bounce.example" : faker.PickRandom("mail.example", "post.example", "home.example");
        return new ContactDraft
        {
            FirstName = first,
            LastName = last,
            Email = string.Create(CultureInfo.InvariantCulture, $"{Plain(first)}.{Plain(last)}{number}@{domain}"),
            // London numbers that are kept free for films.
            Phone = number < 900 ? string.Create(CultureInfo.InvariantCulture, $"+442079460{number:000}") : null,
            Company = number % 9 == 0 ? faker.Company.CompanyName() : null,
            Tags = tags,
            Source = DemoPermissions.DoorOf(number) == DemoPermissions.Door.Form ? "Form: Newsletter" : "Customer list of the till",
        };
    }

    private static string Plain(string name) => new([.. name.Normalize(NormalizationForm.FormD).ToLowerInvariant().Where(char.IsAsciiLetterOrDigit)]);
}
