using Microsoft.EntityFrameworkCore;
using Plura.Contacts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Web.Demo;

/// <summary>
/// Some patients came to the front desk again and were written down anew: with the address of their work, or with an initial. They stand among
/// those whom the front desk wrote down anyway, so that nobody comes to the practice's number of patients.
/// </summary>
internal static class DemoTwins
{
    /// <summary>Whom they were before, by their place among the patients: one with a treatment on the board, one who said no to letters, one who shares a phone.</summary>
    private static readonly (int Place, bool SamePhone)[] Again = [(155, false), (338, false), (204, true)];

    public static int Count => Again.Length;

    /// <summary>The front desk's people, of whom the first were there before.</summary>
    public static IReadOnlyList<DemoPerson> AtTheDesk(IReadOnlyList<DemoPerson> people, int from) =>
        [.. people.Skip(from).Select((person, number) => number < Count ? Twin(people[Again[number].Place], person, Again[number].SamePhone) : person)];

    /// <summary>Writes those down; whoever stands there already is left alone.</summary>
    public static async Task Add(IServiceProvider services, IReadOnlyList<DemoPerson> desk, CancellationToken ct)
    {
        var (create, tellApart, db) = (services.GetRequiredService<CreateContactHandler>(), services.GetRequiredService<TellApartHandler>(), services.GetRequiredService<PluraDb>());
        // At that time the practice allowed two to share a phone, as families do.
        SeedDemo.Expect((await tellApart.Handle(new TellApart { AllowDuplicates = true }, ct)).Refusal);
        foreach (var person in desk.Take(Count))
        {
            if (!await db.ContactPoints.AnyAsync(p => p.Normal == person.Email, ct))
                SeedDemo.Expect((await create.Handle(new CreateContact { FirstName = person.FirstName, LastName = person.LastName, Company = person.File.Employer, Email = person.Email, Phone = person.Phone, Source = "Front desk", Tags = [person.Tag] }, ct)).Refusal);
        }

        SeedDemo.Expect((await tellApart.Handle(new TellApart { AllowDuplicates = false }, ct)).Refusal);
    }

    private static DemoPerson Twin(DemoPerson before, DemoPerson now, bool samePhone) => now with
    {
        FirstName = samePhone ? before.FirstName[..1] + "." : before.FirstName,
        LastName = before.LastName,
        Email = $"{before.FirstName[..1]}.{before.LastName}@{(samePhone ? "home" : before.File.Employer.Replace(' ', '-'))}.example".ToLowerInvariant(),
        Phone = samePhone ? before.Phone : now.Phone,
        File = now.File with { Employer = samePhone ? "" : before.File.Employer },
    };
}
