using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>What was assigned to somebody who left goes to whoever takes over, if anybody does; and they follow nobody any more.</summary>
[Work("Handing over the contacts, companies and tasks of somebody who left")]
public sealed class WhenMemberRemoved(PluraDb db, IAccountDirectory accounts, LiveContacts live, Actor actor, TimeProvider clock) : ISubscriber<MemberRemoved>
{
    public async Task When(MemberRemoved news, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"delete from contacts.contact_follower where tenant_id = {db.Tenant.Id} and user_id = {news.UserId}", ct);
        if (news.HandTo is not { } next)
            return;
        var now = clock.GetUtcNow();
        var name = (await accounts.User(next, ct))?.Name ?? "";
        // Each contact's story says so too, as when it is given away by hand.
        await db.Database.ExecuteSqlAsync($"""
            with moved as (
                update contacts.contact set assignee_id = {next}, updated_at = {now} where tenant_id = {db.Tenant.Id} and assignee_id = {news.UserId} returning id)
            insert into contacts.contact_change (tenant_id, id, contact_id, at, by, by_id, what, values)
            select {db.Tenant.Id}, gen_random_uuid(), id, {now}, {actor.Name}, {actor.Id}::uuid, {ContactChange.Assigned}, jsonb_build_object('to', jsonb_build_array({name}::text)) from moved
            """, ct);
        await db.Database.ExecuteSqlAsync($"update contacts.company set assignee_id = {next}, updated_at = {now} where tenant_id = {db.Tenant.Id} and assignee_id = {news.UserId}", ct);
        await db.Database.ExecuteSqlAsync($"update contacts.task set assignee_id = {next}, changed_at = {now} where tenant_id = {db.Tenant.Id} and assignee_id = {news.UserId} and done_at is null", ct);
        await live.Changed(ct);
    }
}
