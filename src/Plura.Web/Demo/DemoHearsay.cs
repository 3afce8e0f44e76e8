using Plura.Contacts.Contracts;
using Plura.Privacy.Contracts;

namespace Plura.Web.Demo;

/// <summary>
/// Of some whom the front desk wrote down the old appointment book says that they agreed to letters, and neither where nor in which words: a
/// permission without proof, by which nothing is sent. They are among the practice's patients anyway, so that nobody comes to their number.
/// </summary>
internal static class DemoHearsay
{
    private const int DaysAgo = 400;

    /// <summary>Whom the book names, of the front desk's people: nobody under age.</summary>
    private static IEnumerable<DemoPerson> Named(IEnumerable<DemoPerson> desk) => desk.Where((person, at) => at % 9 == 2 && !person.Phone.EndsWith('7'));

    public static async Task Tell(IServiceProvider services, IEnumerable<DemoPerson> desk, DateTimeOffset now, CancellationToken ct)
    {
        var (keys, ledger, directory) = (services.GetRequiredService<IAddressKeys>(), services.GetRequiredService<IConsentLedger>(), services.GetRequiredService<IContactDirectory>());
        foreach (var person in Named(desk))
        {
            var key = keys.Of(Channels.Email, person.Email);
            if ((await ledger.Now([key], ct)).Count == 0 && await directory.Search(person.Email, 1, ct) is [var contact])
                await ledger.Append(new ConsentEntry { AddressKey = key, SubjectId = contact.Id, Channel = Channels.Email, Act = ConsentActs.Attested, How = ConsentDoors.Staff, OccurredAt = now.AddDays(-DaysAgo) }, ct);
        }
    }
}
