using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Whoever has an account accepted all three texts by an explicit act.</summary>
public sealed class EverybodyAccepted(PluraDb db) : IPolicyCheck
{
    public IReadOnlyList<string> Sentences => ["P-04", "P-36", "D-02"];

    public string Counts => "people with an account have not accepted the terms, the policy and the data processing agreement";

    public async Task<PolicyFinding> Look(CancellationToken ct)
    {
        var (users, acceptances) = (db.Set<User>(), db.Set<Acceptance>());
        var people = await users.LongCountAsync(ct);
        var accepted = await users.LongCountAsync(u => acceptances.Where(a => a.UserId == u.Id && a.WordingHash != "").Select(a => a.Document).Distinct().Count() == 3, ct);
        return new PolicyFinding(people - accepted, people);
    }
}

/// <summary>Whoever has an account passed the age question.</summary>
public sealed class NobodyUnderSixteen(PluraDb db) : IPolicyCheck
{
    public IReadOnlyList<string> Sentences => ["P-33", "T-04"];

    public string Counts => "people with an account did not pass the age question";

    public async Task<PolicyFinding> Look(CancellationToken ct) =>
        new(await db.Set<User>().LongCountAsync(u => u.AgeMethod == "", ct), await db.Set<User>().LongCountAsync(ct));
}
