using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>What was assigned to somebody who left goes to whoever takes over, if anybody does.</summary>
[Work("Handing over the contacts of somebody who left")]
public sealed class WhenMemberRemoved(PluraDb db, LiveContacts live, TimeProvider clock) : ISubscriber<MemberRemoved>
{
    public async Task When(MemberRemoved news, CancellationToken ct)
    {
        if (news.HandTo is not { } next)
            return;
        var now = clock.GetUtcNow();
        await db.Database.ExecuteSqlAsync($"update contacts.contact set assignee_id = {next}, updated_at = {now} where tenant_id = {db.Tenant.Id} and assignee_id = {news.UserId}", ct);
        await live.Changed(ct);
    }
}
