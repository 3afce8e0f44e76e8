using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Says who looks after one or many contacts.</summary>
public sealed record AssignContact
{
    public List<Guid> Ids { get; set; } = [];

    /// <summary>A user's id, or <c>none</c>.</summary>
    [Required(ErrorMessage = "Choose somebody from the list.")]
    public string Assignee { get; set; } = "";
}

public sealed class AssignContactHandler(PluraDb db, Assignees assignees, LiveContacts live, TimeProvider clock)
{
    /// <summary>Answers how many contacts changed hands.</summary>
    public async Task<Result<int>> Handle(AssignContact command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (command.Ids.Count is 0 or > DeleteContact.Most)
            return Refusal.Invalid("contact.selection", $"Select between 1 and {DeleteContact.Most:N0} contacts.");
        var to = await assignees.Parse(command.Assignee, ct);
        if (to.Refusal is { } refusal)
            return refusal;

        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        var ids = command.Ids.Distinct().ToArray();
        if (!await db.Contacts.AnyAsync(c => ids.Contains(c.Id), ct))
            return ReadContact.Missing;
        var now = clock.GetUtcNow();
        var changed = await db.Database.SqlQuery<Guid>($"""
            update contacts.contact set assignee_id = {to.Value}, updated_at = {now}
            where tenant_id = {db.Tenant.Id} and id = any({ids}) and assignee_id is distinct from {to.Value}::uuid
            returning id as "Value"
            """).ToListAsync(ct);
        foreach (var id in changed)
            db.ContactChanges.Add(await assignees.Change(id, to.Value, now, ct));
        await db.SaveChangesAsync(ct);
        await live.Changed(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return changed.Count;
    }
}
