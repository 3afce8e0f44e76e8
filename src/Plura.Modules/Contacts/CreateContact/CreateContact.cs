using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Adds a person to the address book; refused when the address is already there and the account allows no duplicates.</summary>
public sealed record CreateContact : PersonDetails
{
    [StringLength(100, ErrorMessage = "A first name has at most 100 characters.")]
    public string? FirstName { get; set; }

    [StringLength(100, ErrorMessage = "A last name has at most 100 characters.")]
    public string? LastName { get; set; }

    [StringLength(200, ErrorMessage = "A company's name has at most 200 characters.")]
    public string? Company { get; set; }

    /// <summary>The company's id, instead of its name.</summary>
    public Guid? CompanyId { get; set; }

    /// <summary>The main e-mail address.</summary>
    public string? Email { get; set; }

    /// <summary>The main phone number.</summary>
    public string? Phone { get; set; }

    /// <summary>Further e-mail addresses.</summary>
    public List<string> Emails { get; set => field = value ?? []; } = [];

    /// <summary>Further phone numbers.</summary>
    public List<string> Phones { get; set => field = value ?? []; } = [];

    /// <summary>What an address is called, by the address as it is given: <c>{"ann@work.example": "Work"}</c>.</summary>
    public Dictionary<string, string> Labels { get; set => field = value ?? []; } = new(StringComparer.Ordinal);

    /// <summary>Where the contact comes from, in the account's words.</summary>
    [StringLength(200, ErrorMessage = "The source has at most 200 characters.")]
    public string? Source { get; set; }

    /// <summary>The contact's id in the system it comes from.</summary>
    [StringLength(200, ErrorMessage = "An id of another system has at most 200 characters.")]
    public string? ExternalId { get; set; }

    /// <summary>Known to be under age: never gets marketing.</summary>
    public bool Minor { get; set; }

    /// <summary>Who looks after the contact: the id of somebody who belongs to the account.</summary>
    public Guid? Assignee { get; set; }

    public List<string> Tags { get; set => field = value ?? []; } = [];

    /// <summary>Custom fields by key, as text; a field of kind <c>file</c> takes the id of a file that was uploaded for it (<c>POST /api/v1/fields/{id}/files</c>).</summary>
    public Dictionary<string, string> Fields { get; set => field = value ?? []; } = new(StringComparer.Ordinal);

    /// <summary>Permissions that the account says it holds.</summary>
    public List<ConsentGiven> Consents { get; set => field = value ?? []; } = [];
}

public sealed class CreateContactHandler(
    PluraDb db, AddressReader reader, Duplicates duplicates, TagBook tagBook, FieldBook fieldBook, UniqueValues uniqueValues, CompanyBook companies, ConsentsGiven given, Assignees assignees,
    LiveContacts live, Actor actor, TimeProvider clock)
{
    public Task<Result<Guid>> Handle(CreateContact command, CancellationToken ct) => Add(command, command.Invalid(), Needed.Everything, ct);

    /// <summary>Whoever comes by themselves, through a form, comes as they are: what the account must have is not theirs to know.</summary>
    public Task<Result<Guid>> Welcome(CreateContact command, CancellationToken ct) => Add(command, command.Invalid(), Needed.Nothing, ct);

    private async Task<Result<Guid>> Add(CreateContact command, Refusal? unfit, Needed needed, CancellationToken ct)
    {
        if (ContactInput.Whole(command.Tags, command.Fields, command.Consents, command.Emails, command.Phones, command.Labels) is { } broken)
            return broken;
        var addresses = await reader.Read([command.Email, .. command.Emails], [command.Phone, .. command.Phones], ct);
        var fields = await fieldBook.Read(CustomField.OnContacts, command.Fields, needed, ct);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        unfit = Refusal.Together(unfit, ContactInput.Check(command.FirstName, command.LastName, command.Company, command.Source), ContactInput.CheckLabels(command.Labels), TagBook.Check(command.Tags), addresses.Refusal, fields.Refusal, command.CheckDetails(today));
        if (unfit is not null)
            return unfit;
        if ((command.FirstName ?? command.LastName ?? command.Company) is null && command.CompanyId is null && addresses.Value.Count == 0)
            return Refusal.Invalid("contact.empty", "Give at least a name, a company, an e-mail address or a phone number.", nameof(command.FirstName));
        if (given.Check(command.Consents, addresses.Value) is { } notConsent)
            return notConsent;

        var assignee = await assignees.Of(command.Assignee, ct);
        if (assignee.Refusal is { } notAPerson)
            return notAPerson;

        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        await duplicates.Hold(addresses.Value, ct);
        var settings = await duplicates.Settings(ct);
        if (!settings.AllowDuplicates && await duplicates.Find(addresses.Value, except: null, settings, ct) is { } existing)
            return Duplicates.Exists(existing);
        if (!settings.AllowDuplicates && await duplicates.Unseen(addresses.Value, except: null, ct) is { } unseen)
            return unseen;
        var company = await companies.Of(command.CompanyId, command.Company, ct);
        if (company.Refusal is { } noCompany)
            return noCompany;

        var now = clock.GetUtcNow();
        var contact = Contact.New(command.Source ?? (actor.Kind is ActorKind.Token or ActorKind.App ? $"API: {actor.Name}" : "Added by hand"), command.ExternalId, now);
        contact.Rename(command.FirstName, command.LastName);
        contact.WorkFor(company.Value?.Id, company.Value?.Name ?? "");
        contact.Fill(fields.Value);
        contact.MarkMinor(command.Minor);
        command.Put(contact, today);
        contact.Assign(assignee.Value);
        if (await uniqueValues.Take(CustomField.OnContacts, contact.Id, contact.Fields, ct) is { } taken)
            return taken;
        ContactInput.Take(db, contact, addresses.Value, command.Labels, now);
        db.Contacts.Add(contact);
        foreach (var tag in await tagBook.FindOrMake(command.Tags, ct))
            db.ContactTags.Add(ContactTag.New(contact.Id, tag.Id));
        db.ContactChanges.Add(ContactChange.New(contact.Id, ContactChange.Created, new(StringComparer.Ordinal) { ["source"] = [contact.Source] }, actor, now));
        db.Publish(new ContactCreated(contact.Id));
        await db.SaveChangesAsync(ct);
        await given.Record(contact.Id, command.Consents, addresses.Value, ct);
        await live.Changed(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return contact.Id;
    }
}

public static class CreateContactEndpoint
{
    public static void MapCreateContact(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/contacts", async (CreateContact command, CreateContactHandler handler, ReadContact contacts, CancellationToken ct) =>
        {
            var created = await handler.Handle(command, ct);
            return created.Refusal is { } refusal
                ? refusal.Problem()
                : Results.Created($"/api/v1/contacts/{created.Value}", await contacts.One(created.Value, ct));
        }).RequirePermission("contacts.create").WithName("CreateContact");
}
