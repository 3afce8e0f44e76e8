using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Contacts;

/// <summary>Makes a field of the account's own, or changes one. What it is for, its kind and its name in files are said once.</summary>
public sealed record KeepField
{
    /// <summary>Null for a new one.</summary>
    public Guid? Id { get; set; }

    /// <summary><c>contact</c>, <c>company</c> or <c>opportunity</c>.</summary>
    [RegularExpression("contact|company|opportunity", ErrorMessage = "A field belongs to contacts, to companies or to opportunities.")]
    public string Entity { get; set; } = CustomField.OnContacts;

    [Required(ErrorMessage = "Give the field a name."), StringLength(100, ErrorMessage = "A field's name has at most 100 characters.")]
    public string Label { get; set; } = "";

    /// <summary>Its name in files, letters and filters: <c>shoe_size</c>. Made from the label where it is not given.</summary>
    [RegularExpression("[a-z][a-z0-9_]{0,39}", ErrorMessage = "A field's name in files has small letters, digits and underscores, at most 40, and begins with a letter.")]
    public string? Key { get; set; }

    /// <summary>One of <c>text</c>, <c>long_text</c>, <c>number</c>, <c>money</c>, <c>date</c>, <c>phone</c>, <c>email</c>, <c>url</c>, <c>checkbox</c>, <c>choice</c>, <c>choices</c>, <c>file</c>.</summary>
    [Required(ErrorMessage = "Choose what can be in it.")]
    public string Kind { get; set; } = "";

    /// <summary>What can be chosen, for the two kinds of choice.</summary>
    public List<string> Choices { get; set => field = value ?? []; } = [];

    /// <summary>For money, ISO 4217; the currency of the account's country where it is not given.</summary>
    [RegularExpression("[A-Z]{3}", ErrorMessage = "A currency has three letters, for example EUR.")]
    public string? Currency { get; set; }

    [StringLength(60, ErrorMessage = "A heading has at most 60 characters.")]
    public string? Group { get; set; }

    public bool Required { get; set; }

    public bool Unique { get; set; }

    /// <summary>What it says about a person: <c>none</c>, <c>personal</c> or <c>sensitive</c>.</summary>
    [Required(ErrorMessage = "Say what this field tells about a person: it decides what leaves with a list.")]
    public string Privacy { get; set; } = "";
}

public sealed class KeepFieldHandler(PluraDb db, FieldBook book, FieldUses uses, IAccountDirectory accounts, IAudit audit, TimeProvider clock)
{
    public static readonly Refusal Missing = Refusal.NotFound("field.missing", "This field does not exist any more.");

    public async Task<Result<Guid>> Handle(KeepField command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (FieldRules.Check(command) is { } unfit)
            return unfit;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        if (await FieldRules.Hold(db, ct) is { } busy)
            return busy;
        var fields = await book.Every(command.Entity, ct);
        if (fields.Any(f => f.Id != command.Id && string.Equals(f.Label, command.Label, StringComparison.OrdinalIgnoreCase)))
            return Refusal.Invalid("field.label_taken", "You have a field of this name already.", nameof(command.Label));
        var choices = string.Join('\n', FieldRules.Choices(command));
        CustomField? field;
        if (command.Id is { } id)
        {
            field = await db.CustomFields.SingleOrDefaultAsync(f => f.Id == id, ct);
            if (field is null)
                return Missing;
            if (field.Kind != command.Kind || field.Entity != command.Entity)
                return Refusal.Conflict("field.kind", "What can be in a field stays as it is, because of the values that are there. Make a new field instead.");
            // What may still be refused comes before anything is changed.
            if (await uses.Lost(field, choices, ct) is { } used)
                return used;
            if (await FieldRules.Watch(db, field, command.Unique, ct) is { } twice)
                return twice;
        }
        else
        {
            if (fields.Count >= FieldBook.Most)
                return Refusal.Limit("field.limit", $"There can be at most {FieldBook.Most} fields.");
            if (command.Key is { } wanted && fields.Any(f => f.Key == wanted))
                return Refusal.Invalid("field.key_taken", "You have a field with this name in files already.", nameof(command.Key));
            var country = (await accounts.Account(db.Tenant.Id, ct))?.Country ?? "US";
            var currency = command.Kind == CustomField.Money ? command.Currency ?? Currencies.Of(country) : "";
            field = CustomField.New(command.Key ?? FieldRules.Key(command.Label, fields), command.Label, command.Kind, choices, fields.Select(f => f.Position).DefaultIfEmpty().Max() + 1, clock.GetUtcNow())
                .For(command.Entity, currency);
            db.CustomFields.Add(field);
        }

        field.Relabel(command.Label, choices);
        field.Rule(command.Group ?? "", command.Required, command.Unique, command.Privacy);
        audit.Note("contacts.keep_field", field.Id, new Dictionary<string, string>(StringComparer.Ordinal) { ["kind"] = field.Kind, ["privacy"] = field.Privacy });
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return field.Id;
    }
}

public static class KeepFieldEndpoint
{
    public static void MapKeepField(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/fields", async (KeepField command, KeepFieldHandler handler, FieldBook book, CancellationToken ct) =>
        {
            var made = await handler.Handle(command with { Id = null }, ct);
            return made.Refusal is { } refusal ? refusal.Problem() : Results.Created($"/api/v1/fields/{made.Value}", await FieldView.One(book, made.Value, ct));
        }).RequirePermission("contacts.fields").WithName("KeepField");
        routes.MapPut("/api/v1/fields/{id:guid}", async (Guid id, KeepField command, KeepFieldHandler handler, FieldBook book, CancellationToken ct) =>
        {
            if (await FieldView.One(book, id, ct) is not { } known)
                return KeepFieldHandler.Missing.Problem();
            return await (await handler.Handle(command with { Id = id, Entity = known.Entity }, ct)).AnswerWith(() => FieldView.One(book, id, ct));
        }).RequirePermission("contacts.fields").WithName("ChangeField");
    }
}
