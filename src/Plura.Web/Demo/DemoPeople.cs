using System.Globalization;
using System.Text;
using Bogus;

namespace Plura.Web.Demo;

/// <summary>The patients of the demo's dental practice: made up, and the same at every installation.</summary>
internal sealed record DemoPerson(string FirstName, string LastName, string Email, string Phone, string Dentist, DateOnly LastVisit, string Tag, DemoFile File)
{
    public static readonly string[] Dentists = ["Dr. Amara Lind", "Dr. Tom Becker", "Dr. Ruth Ocampo"];
    private static readonly string[] Tags = ["Check-up due", "Check-up due", "Family plan", "Orthodontics", "New patient", "Whitening"];

    public static IReadOnlyList<DemoPerson> Make(int count, DateOnly today)
    {
        Randomizer.Seed = new Random(20261123);
        var faker = new Faker("en_US");
        return [.. Enumerable.Range(1, count).Select(number => One(faker, number, today))];
    }

    /// <summary>As the practice's old program exports them.</summary>
    public static Stream Csv(IEnumerable<DemoPerson> people)
    {
        var text = new StringBuilder("First name,Last name,E-mail,Mobile,Dentist,Last visit,Tags,Patient no.,Born,Town,Employer,Treatments,Open balance,Allergies\r\n");
        foreach (var person in people)
            text.Append(CultureInfo.InvariantCulture, $"{person.FirstName},{person.LastName},{person.Email},{person.Phone},{person.Dentist},{person.LastVisit:yyyy-MM-dd},{person.Tag},{person.File.Number},{person.File.Born:yyyy-MM-dd},{person.File.Town},{person.File.Employer},{person.File.Treatments},{person.File.Balance},{person.File.Allergies}\r\n");
        return new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static DemoPerson One(Faker faker, int number, DateOnly today)
    {
        var (first, last) = (faker.Name.FirstName(), faker.Name.LastName().Replace("'", "", StringComparison.Ordinal));
        // One address in sixty is dead: the development mailbox refuses this domain as a real server would.
        var domain = number % 60 == 0 ? "bounce.example" : faker.PickRandom("mail.example", "post.example", "inbox.example");
        return new DemoPerson(
            first,
            last,
            string.Create(CultureInfo.InvariantCulture, $"{first}.{last}{number}@{domain}").ToLowerInvariant(),
            string.Create(CultureInfo.InvariantCulture, $"+1207555{number % 10000:0000}"),
            faker.PickRandom(Dentists),
            today.AddDays(-faker.Random.Int(20, 700)),
            faker.PickRandom(Tags),
            DemoFile.Of(number));
    }
}

/// <summary>What the practice keeps in a patient's file.</summary>
internal sealed record DemoFile(string Number, DateOnly Born, string Town, string Employer, string Treatments, string Balance, string Allergies)
{
    private static readonly string[] Towns = ["Portland", "Portland", "South Portland", "Westbrook", "Falmouth", "Biddeford"];
    private static readonly string[] Employers = ["", "", "Casco Bay Ferry Lines", "", "", "", "Allagash Outfitters", "", "", "Old Port Books", ""];
    private static readonly string[] Kinds = ["Check-up", "", "Check-up; Whitening", "Implant", "Braces", "Check-up"];

    /// <summary>Made from the number alone, so that who the people are does not hang on it.</summary>
    public static DemoFile Of(int number) => new(
        string.Create(CultureInfo.InvariantCulture, $"P-{1000 + number}"),
        new DateOnly(1941 + number * 7 % 64, 1 + number % 12, 1 + number * 3 % 28),
        Towns[number % Towns.Length],
        Employers[number % Employers.Length],
        Kinds[number * 5 % Kinds.Length],
        number % 9 == 4 ? string.Create(CultureInfo.InvariantCulture, $"{40 + number % 13 * 35}.00") : "",
        (number % 23) switch { 7 => "Penicillin", 15 => "Latex gloves", _ => "" });
}
