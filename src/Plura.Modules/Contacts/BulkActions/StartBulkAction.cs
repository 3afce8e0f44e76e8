using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Automations.Contracts;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Changes many contacts, or writes them to a file: those that were ticked at once, those that fit a filter in the background.</summary>
public sealed record StartBulkAction
{
    /// <summary><c>tag</c>, <c>untag</c>, <c>assign</c>, <c>field</c>, <c>delete</c>, <c>enrol</c>, <c>unenrol</c> or <c>export</c>.</summary>
    [RegularExpression("tag|untag|assign|field|delete|enrol|unenrol|export", ErrorMessage = "Choose what to do with the contacts."), Required(ErrorMessage = "Choose what to do with the contacts.")]
    public string Do { get; set; } = "";

    /// <summary>The ticked ones; empty where a filter says which.</summary>
    public IReadOnlyList<Guid> Ids { get; set; } = [];

    public ContactFilter? Filter { get; set; }

    /// <summary>For <c>tag</c> and <c>untag</c>: its name.</summary>
    public string? Tag { get; set; }

    /// <summary>For <c>assign</c>: a user's id, or <c>none</c>.</summary>
    public string? Assignee { get; set; }

    /// <summary>For <c>field</c>: the key of a field of contacts.</summary>
    public string? Field { get; set; }

    /// <summary>For <c>field</c>: its new value, as a person writes it; empty empties it.</summary>
    [KeepBlanks]
    public string? Value { get; set; }

    /// <summary>For <c>enrol</c> and <c>unenrol</c>: which automation.</summary>
    public Guid? Automation { get; set; }

    /// <summary>For <c>export</c>: also the fields that say something sensitive.</summary>
    public bool Sensitive { get; set; }

    /// <summary>Count only, and wait for a person's yes.</summary>
    public bool Ask { get; set; }
}

/// <param name="Id">The action's.</param>
/// <param name="State">As <see cref="BulkAction.State"/>.</param>
/// <param name="Changed">How many were changed so far.</param>
public sealed record BulkStarted(Guid Id, string State, int Changed);

public sealed class StartBulkActionHandler(PluraDb db, BulkRun run, IEnumerable<IBulkKind> kinds, Filters filters, TagBook tagBook, FieldBook fieldBook, Assignees assignees, IEnrolment enrolment, Tenant tenant, Actor actor, IAudit audit, TimeProvider clock)
{
    public async Task<Result<BulkStarted>> Handle(StartBulkAction command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (!actor.May(kinds.Single(k => k.Kind == command.Do).Permission))
            return Refusal.Forbidden("permission.missing", "You may look at contacts here, not change them in this way.");
        if (command.Filter is null && command.Ids.Count is 0 or > DeleteContact.Most)
            return Refusal.Invalid("contact.selection", $"Select between 1 and {DeleteContact.Most:N0} contacts.");

        // Before the transaction: inside one, columns in memory are not asked (ADR 0017).
        var fitting = command.Filter is { } asked ? await filters.Count(asked, ct) : 0;
        if (fitting.Refusal is { } unfit)
            return unfit;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var value = await Value(command, ct);
        if (value.Refusal is { } refusal)
            return refusal;
        var action = BulkAction.New(command.Do, (command.Filter ?? ContactFilter.Everyone).Json(), value.Value, 0, tenant.Assignees, actor, clock.GetUtcNow());
        var started = command.Filter is not null ? await Whole(action, fitting.Value, command.Ask, ct) : await Ticked(action, command.Ids, ct);
        if (started.Ok)
            await transaction.CommitAsync(ct);
        return started;
    }

    /// <summary>Few enough to do while the person waits, in one transaction.</summary>
    private async Task<Result<BulkStarted>> Ticked(BulkAction action, IReadOnlyList<Guid> ticked, CancellationToken ct)
    {
        var ids = ticked.Distinct().ToArray();
        action.Start();
        db.BulkActions.Add(action);
        db.Enqueue(new ForgetBulkAction(action.Id), ForgetBulkAction.Due(action));
        Note(action, "contacts.start_bulk_action", "selected");
        await db.SaveChangesAsync(ct);
        if (await run.Choose(action, ids, ct) == 0)
            return ReadContact.Missing;
        await run.Run(action.Id, tell: false, ct);
        var done = await db.BulkActions.AsNoTracking().SingleAsync(a => a.Id == action.Id, ct);
        return new BulkStarted(done.Id, done.State, done.Changed);
    }

    private async Task<Result<BulkStarted>> Whole(BulkAction action, int fitting, bool ask, CancellationToken ct)
    {
        if (fitting == 0)
            return Refusal.Invalid("contact.selection", "No contact fits this list any more, so there is nothing to change.");
        action.Count(fitting);
        if (!ask)
        {
            action.Start();
            db.Enqueue(new BulkActionJob(action.Id));
        }

        db.BulkActions.Add(action);
        db.Enqueue(new ForgetBulkAction(action.Id), ForgetBulkAction.Due(action));
        Note(action, ask ? "contacts.ask_bulk_action" : "contacts.start_bulk_action", "filtered");
        await db.SaveChangesAsync(ct);
        return new BulkStarted(action.Id, action.State, 0);
    }

    /// <summary>The log says of each file that people left the account in it, however it was asked for.</summary>
    private void Note(BulkAction action, string act, string scope)
    {
        if (action.Kind != BulkAction.Export)
            audit.Note(act, action.Id);
        else
            audit.Note("contacts.export", about: null, new Dictionary<string, string>(StringComparer.Ordinal) { ["scope"] = scope, ["sensitive"] = action.ReadValue().Sensitive ? "yes" : "no" });
    }

    private async Task<Result<BulkValue>> Value(StartBulkAction command, CancellationToken ct)
    {
        if (command.Do == BulkAction.Delete)
            return new BulkValue();
        if (command.Do == BulkAction.Export)
            return new BulkValue { Sensitive = command.Sensitive, Columns = (await ContactLines.Of(fieldBook, command.Sensitive, ct)).Keys };
        if (command.Do == BulkAction.Assign)
        {
            var to = await assignees.Parse(command.Assignee ?? "", ct);
            return to.Refusal is { } unknown ? unknown
                : new BulkValue { Assignee = to.Value, AssigneeName = to.Value is { } id ? (await assignees.Everybody(ct)).First(p => p.Id == id).Name : null };
        }

        if (command.Do == BulkAction.Field)
            return await Field(command, ct);
        if (command.Do is BulkAction.Enrol or BulkAction.Unenrol)
        {
            return (await enrolment.Choices(ct)).FirstOrDefault(a => a.Id == command.Automation) is { } automation && (automation.On || command.Do == BulkAction.Unenrol)
                ? new BulkValue { Automation = automation.Id, AutomationName = automation.Name }
                : EnrolmentRefusals.Off(nameof(command.Automation));
        }

        if (TagBook.Check([command.Tag]) is { } invalid)
            return invalid;
        var tags = command.Do == BulkAction.Tag ? await tagBook.FindOrMake([command.Tag!], ct) : await tagBook.Find([command.Tag!], ct);
        return tags is [var tag] ? new BulkValue { TagId = tag.Id, TagName = tag.Name }
            : Refusal.Invalid("tag.unknown", $"You have no tag called “{command.Tag!.Trim()}”.", nameof(command.Tag));
    }

    private async Task<Result<BulkValue>> Field(StartBulkAction command, CancellationToken ct)
    {
        if ((await fieldBook.All(ct)).FirstOrDefault(f => f.Key == command.Field) is not { } field)
            return Refusal.Invalid("field.unknown", "Choose one of your fields.", nameof(command.Field));
        if (field.IsFile)
            return Refusal.Invalid("field.file", $"“{field.Label}” holds a file, and a file belongs to one contact. Open the contact to change it.", nameof(command.Field));
        if (field.IsUnique)
            return Refusal.Invalid("field.unique", $"“{field.Label}” is different for each contact, so it cannot be set for many.", nameof(command.Field));
        var read = await fieldBook.Read(CustomField.OnContacts, new Dictionary<string, string>(StringComparer.Ordinal) { [field.Key] = command.Value ?? "" }, Needed.WhatIsNamed, ct);
        return read.Refusal is { } refusal ? refusal
            : new BulkValue { Field = field.Key, FieldLabel = field.Label, Text = read.Value[field.Key], Shown = FieldValues.Shown(field, read.Value[field.Key]) };
    }
}

/// <summary>The person says yes to what was counted.</summary>
public sealed record ConfirmBulkAction(Guid Id);

public sealed class ConfirmBulkActionHandler(PluraDb db, ReadBulkActions actions, BulkRun run, Actor actor, IAudit audit)
{
    public async Task<Result> Handle(ConfirmBulkAction command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await actions.Mine(command.Id, ct) is not { } found)
            return ReadBulkActions.Missing;
        if (!actor.May(run.Kind(found.Kind).Permission))
            return Refusal.Forbidden("permission.missing", "You may look at this change, not start it.");
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // A second press finds it begun.
        var begun = await db.BulkActions.Where(a => a.Id == command.Id && (a.State == BulkAction.Asked || (a.State == BulkAction.Failed && a.UndoneByKind == null)))
            .ExecuteUpdateAsync(s => s.SetProperty(a => a.State, BulkAction.Running).SetProperty(a => a.Failure, (string?)null), ct);
        if (begun == 0)
            return Refusal.Conflict("bulk.begun", "This change has begun already.", command.Id);
        await db.EnqueueAgain(new BulkActionJob(command.Id), ct);
        audit.Note("contacts.confirm_bulk_action", command.Id);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Result.Done;
    }
}
