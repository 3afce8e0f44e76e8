using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Changes what is given and leaves what is not: null leaves a field as it is, empty text empties it.</summary>
public sealed record EditContact : PersonDetails
{
    public Guid Id { get; set; }

    [KeepBlanks, StringLength(100, ErrorMessage = "A first name has at most 100 characters.")]
    public string? FirstName { get; set; }

    [KeepBlanks, StringLength(100, ErrorMessage = "A last name has at most 100 characters.")]
    public string? LastName { get; set; }

    [KeepBlanks, StringLength(200, ErrorMessage = "A company's name has at most 200 characters.")]
    public string? Company { get; set; }

    /// <summary>The company's id, instead of its name.</summary>
    public Guid? CompanyId { get; set; }

    /// <summary>Where the contact comes from, in the account's words.</summary>
    [KeepBlanks, StringLength(200, ErrorMessage = "The source has at most 200 characters.")]
    public string? Source { get; set; }

    /// <summary>The main e-mail address; the others stay.</summary>
    [KeepBlanks]
    public string? Email { get; set; }

    /// <summary>The main phone number; the others stay.</summary>
    [KeepBlanks]
    public string? Phone { get; set; }

    /// <summary>All e-mail addresses, the main one first; instead of <see cref="Email"/>.</summary>
    public List<string>? Emails { get; set; }

    /// <summary>All phone numbers, the main one first; instead of <see cref="Phone"/>.</summary>
    public List<string>? Phones { get; set; }

    /// <summary>What an address is called, by the address as it is given; those that are not named stay as they are.</summary>
    public Dictionary<string, string> Labels { get; set => field = value ?? []; } = new(StringComparer.Ordinal);

    public bool? Minor { get; set; }

    /// <summary>The id of whoever looks after the contact; <c>none</c> for nobody.</summary>
    public string? Assignee { get; set; }

    /// <summary>The <c>updatedAt</c> that the editor saw, in ticks of UTC; where it is given and somebody changed the contact since, nothing is overwritten.</summary>
    public long? Seen { get; set; }

    /// <summary>Custom fields by key; those that are not named stay. A field of kind <c>file</c> takes the id of a file that was uploaded for it (<c>POST /api/v1/fields/{id}/files</c>).</summary>
    public Dictionary<string, string> Fields { get; set => field = value ?? []; } = new(StringComparer.Ordinal);
}

public sealed class EditContactHandler(
    PluraDb db, AddressReader reader, Duplicates duplicates, FieldBook fieldBook, UniqueValues uniqueValues, CompanyBook companies, Assignees assignees, LiveContacts live, Actor actor, TimeProvider clock)
{
    public async Task<Result> Handle(EditContact command, CancellationToken ct)
    {
        var unfit = command.Invalid();
        if (ContactInput.Whole(command.Fields, command.Labels) is { } broken)
            return broken;
        var fields = await fieldBook.Read(CustomField.OnContacts, command.Fields, Needed.WhatIsNamed, ct);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        unfit = Refusal.Together(unfit, ContactInput.Check(command.FirstName, command.LastName, command.Company, command.Source), ContactInput.CheckLabels(command.Labels), fields.Refusal, command.CheckDetails(today));

        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        if (await ContactRows.ToChange(db, command.Id, ct) is not { } contact)
            return ReadContact.Missing;
        if (command.Seen is { } seen && seen != contact.UpdatedAt.UtcTicks)
            return Refusal.Conflict("contact.changed", "This contact was changed while you had it open, here in another window or by somebody else. What you typed is still below; open the contact in another window, compare, and save again to keep yours.");
        var points = await db.ContactPoints.Where(p => p.ContactId == command.Id).OrderByDescending(p => p.IsPrimary).ThenBy(p => p.Position).ToListAsync(ct);
        var emails = Wanted(command.Emails, command.Email, points, ContactPoint.Email);
        var phones = Wanted(command.Phones, command.Phone, points, ContactPoint.Phone);
        var addresses = await reader.Read(emails, phones, ct);
        if (Refusal.Together(unfit, addresses.Refusal) is { } invalid)
            return invalid;

        var added = addresses.Value.Where(a => !points.Exists(p => p.Kind == a.Kind && p.Normal == a.Normal)).ToList();
        await duplicates.Hold(added, ct);
        var settings = await duplicates.Settings(ct);
        if (!settings.AllowDuplicates && added.Count > 0 && await duplicates.Find(added, contact.Id, settings, ct) is { } other)
            return Refusal.Conflict("contact.address_taken", "Another contact already has this address.", other);

        if (!settings.AllowDuplicates && await duplicates.Unseen(added, contact.Id, ct) is { } unseen)
            return unseen;
        var assigned = command.Assignee is null ? contact.AssigneeId : await assignees.Parse(command.Assignee, ct);
        if (assigned.Refusal is { } notAPerson)
            return notAPerson;

        var values = new Dictionary<string, string>(contact.Fields, StringComparer.Ordinal);
        foreach (var (key, value) in fields.Value)
            values[key] = value;
        // What may still be refused comes before anything is changed.
        if (await uniqueValues.Take(CustomField.OnContacts, contact.Id, values, ct) is { } taken)
            return taken;
        var company = await Company(contact, command, ct);
        if (company.Refusal is { } noCompany)
            return noCompany;

        var now = clock.GetUtcNow();
        var old = ContactChanges.Facts(contact, points.Select(p => (p.Kind, p.Normal, p.Label)));
        contact.Rename(command.FirstName?.Trim() ?? contact.FirstName, command.LastName?.Trim() ?? contact.LastName);
        contact.MarkMinor(command.Minor ?? contact.Minor);
        contact.ComeFrom(command.Source?.Trim() ?? contact.Source);
        contact.WorkFor(company.Value?.Id, company.Value?.Name ?? "");
        contact.Fill(values);
        command.Put(contact, today);
        if (contact is { FirstName: "", LastName: "", Company: "" } && addresses.Value.Count == 0)
            return Refusal.Invalid("contact.empty", "Leave at least a name, a company, an e-mail address or a phone number.", nameof(command.FirstName));

        var changes = ContactChanges.Between(old, ContactChanges.Facts(contact, addresses.Value.Select(a => (a.Kind, a.Normal, Label(a)))));
        if (assigned.Value != contact.AssigneeId)
        {
            contact.Assign(assigned.Value);
            db.ContactChanges.Add(await assignees.Change(contact.Id, assigned.Value, now, ct));
        }
        else if (changes.Count == 0)
        {
            return Result.Done;
        }

        await Replace(contact, points, addresses.Value, Label, now, ct);
        contact.Changed(ContactInput.Normals(addresses.Value, ContactPoint.Email), ContactInput.Normals(addresses.Value, ContactPoint.Phone), now);
        if (changes.Count > 0)
            db.ContactChanges.Add(ContactChange.New(contact.Id, ContactChange.Edited, changes, actor, now));
        await db.SaveChangesAsync(ct);
        await live.Changed(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return Result.Done;

        string Label(ReadAddress address) =>
            ContactInput.LabelOf(command.Labels, address) ?? points.Find(p => p.Kind == address.Kind && p.Normal == address.Normal)?.Label ?? "";
    }

    /// <summary>The company as the command says, or as it is.</summary>
    private async Task<Result<(Guid Id, string Name)?>> Company(Contact contact, EditContact command, CancellationToken ct)
    {
        var name = command.Company?.Trim() ?? contact.Company;
        if (command.CompanyId is null && name == contact.Company && contact.CompanyId is { } known)
            return ((Guid Id, string Name)?)(known, name);
        return await companies.Of(command.CompanyId, name, ct);
    }

    private static IEnumerable<string?> Wanted(List<string>? all, string? main, List<ContactPoint> points, string kind)
    {
        if (all is not null)
            return all;
        var values = points.Where(p => p.Kind == kind).Select(p => (string?)p.Value);
        return main is null ? values : values.Skip(1).Prepend(main);
    }

    /// <summary>An address that stays keeps its row, because sends refer to it.</summary>
    private async Task Replace(Contact contact, List<ContactPoint> points, IReadOnlyList<ReadAddress> addresses, Func<ReadAddress, string> label, DateTimeOffset now, CancellationToken ct)
    {
        // First none is the main one: the index that allows one main address looks at each statement by itself.
        await db.Database.ExecuteSqlAsync($"update contacts.contact_point set is_primary = false where tenant_id = {db.Tenant.Id} and contact_id = {contact.Id}", ct);
        foreach (var point in points)
            await db.Entry(point).ReloadAsync(ct);
        foreach (var kind in addresses.GroupBy(a => a.Kind))
        {
            foreach (var (position, address) in kind.Index())
            {
                if (points.Find(p => p.Kind == address.Kind && p.Normal == address.Normal) is { } kept)
                    kept.Call(label(address)).Become(position == 0, position);
                else
                    db.ContactPoints.Add(ContactPoint.New(contact.Id, address.Kind, address.Value, address.Normal, address.Key, position == 0, position, now).Call(label(address)));
            }
        }

        db.ContactPoints.RemoveRange(points.Where(p => !addresses.Any(a => a.Kind == p.Kind && a.Normal == p.Normal)));
    }
}

public static class EditContactEndpoint
{
    public static void MapEditContact(this IEndpointRouteBuilder routes) =>
        routes.MapPatch("/api/v1/contacts/{id:guid}", async (Guid id, EditContact command, EditContactHandler handler, ReadContact contacts, CancellationToken ct) =>
            await (await handler.Handle(command with { Id = id }, ct)).AnswerWith(() => contacts.One(id, ct))).RequirePermission("contacts.edit").WithName("EditContact");
}
