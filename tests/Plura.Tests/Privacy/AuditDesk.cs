using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plura.Privacy;

namespace Plura.Tests.Privacy;

/// <summary>An entry of the audit log, as the tests look at it.</summary>
internal sealed record Noted(string ActorKind, Guid? ActorId, string Act, Guid? About, string? Kind, string? Network, Guid? Session, string Outcome, IReadOnlyDictionary<string, string> Facts);

/// <summary>What the tests of the audit log do again and again.</summary>
internal static class AuditDesk
{
    /// <summary>The account's whole log, oldest first, with what was looked at a moment ago.</summary>
    public static async Task<List<Noted>> Log(this TestAccount account, PluraApp app)
    {
        await app.Services.GetRequiredService<ReadLog>().Flush(CancellationToken.None);
        await using var open = await account.Open();
        return [.. (await open.Rows("select actor_kind, actor_id, act, about, about_kind, network, session_id, outcome, facts::text from privacy.audit_entry order by at, id")).Select(r => new Noted(
            (string)r[0]!, (Guid?)r[1], (string)r[2]!, (Guid?)r[3], (string?)r[4], (string?)r[5], (Guid?)r[6], (string)r[7]!, JsonSerializer.Deserialize<Dictionary<string, string>>((string)r[8]!)!))];
    }

    public static async Task<Noted> Last(this TestAccount account, PluraApp app) => (await account.Log(app))[^1];

    public static Task<AuditReport> VerifyAudit(this PluraApp app) => app.Services.GetRequiredService<AuditVerification>().Run(CancellationToken.None);
}
