using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;
using Plura.Sites.Data;

namespace Plura.Sites;

/// <summary>Makes a sign-up form, or changes one. Changed words are a new version: who signed before keeps the words they saw.</summary>
public sealed record BuildForm
{
    /// <summary>The form to change; null makes one.</summary>
    public Guid? Id { get; set; }

    public int Version { get; set; }

    [Required(ErrorMessage = "Give the form a name, so that you find it again."), StringLength(120, ErrorMessage = "Keep the name under 120 characters.")]
    public string Name { get; set; } = "";

    [Required(ErrorMessage = "Write a heading: it is what visitors read first."), StringLength(200, ErrorMessage = "Keep the heading under 200 characters.")]
    public string Title { get; set; } = "";

    [StringLength(2000, ErrorMessage = "Keep the introduction under 2,000 characters.")]
    public string? Intro { get; set; }

    [Required(ErrorMessage = "Write what the button says, for example “Sign up”."), StringLength(60, ErrorMessage = "Keep the button under 60 characters.")]
    public string Button { get; set; } = "Sign up";

    [Required(ErrorMessage = "Write what visitors read after they sent the form."), StringLength(2000, ErrorMessage = "Keep the thank-you under 2,000 characters.")]
    public string ThankYou { get; set; } = "Thank you. You are on the list.";

    public IReadOnlyList<FormField> Fields { get; set; } = [];

    public IReadOnlyList<string> Tags { get; set; } = [];

    /// <summary>The words beside the e-mail box; null asks for no e-mail permission.</summary>
    [StringLength(2000, ErrorMessage = "Keep the wording under 2,000 characters.")]
    public string? EmailWording { get; set; }

    [StringLength(60, ErrorMessage = "Keep the topic under 60 characters.")]
    public string? EmailTopic { get; set; }

    /// <summary>The words beside the text-message box; null asks for none.</summary>
    [StringLength(2000, ErrorMessage = "Keep the wording under 2,000 characters.")]
    public string? SmsWording { get; set; }

    public bool DoubleOptIn { get; set; } = true;

    public IReadOnlyList<ConsentBox> Consents()
    {
        var boxes = new List<ConsentBox>();
        if (EmailWording is not null)
            boxes.Add(new ConsentBox(Channels.Email, EmailTopic ?? Topics.All, EmailWording));
        if (SmsWording is not null)
            boxes.Add(new ConsentBox(Channels.Sms, Topics.All, SmsWording));
        return boxes;
    }
}

public sealed class BuildFormHandler(PluraDb db, Tenant tenant, IOwnFields ownFields, TimeProvider clock)
{
    private static readonly string[] Known = ["first_name", "last_name", "email", "phone", "company"];
    private const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";

    public async Task<Result<Guid>> Handle(BuildForm command, CancellationToken ct)
    {
        if ((command.Invalid() ?? Contradiction(command)) is { } invalid)
            return invalid;
        // Visitors send words: a file would have to be looked at by somebody first.
        if ((await ownFields.Asked("contact", ct)).FirstOrDefault(f => f.IsFile && command.Fields.Any(asked => asked.Path == $"fields.{f.Key}")) is { } file)
            return Refusal.Invalid("form.file", $"A form cannot ask for a file. Leave “{file.Label}” out.", nameof(BuildForm.Fields));
        var form = await Form(command, ct);
        if (form.Refusal is { } refused)
            return refused;
        form.Value.Build(command);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return ChangedElsewhere;
        }

        return form.Value.Id;
    }

    public static Refusal ChangedElsewhere => Refusal.Conflict("form.changed_elsewhere", "This form was changed in another window while you had it open. What you wrote is still here, not saved yet.");

    private async Task<Result<Form>> Form(BuildForm command, CancellationToken ct)
    {
        if (command.Id is { } id)
        {
            var found = await db.FindForm(id, ct);
            return found.Ok && found.Value.Version != command.Version ? ChangedElsewhere : found;
        }

        var now = clock.GetUtcNow();
        var form = Data.Form.New(Guid.CreateVersion7(now), RandomNumberGenerator.GetString(Letters, 12), now);
        db.Forms.Add(form);
        db.PublicForms.Add(new PublicForm { Key = form.Key, TenantId = tenant.Id, FormId = form.Id });
        return form;
    }

    private static Refusal? Contradiction(BuildForm command)
    {
        var paths = command.Fields.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        if (!paths.Contains("email") && !paths.Contains("phone"))
            return Refusal.Invalid("form.no_address", "Ask for an e-mail address or a phone number: without one you cannot reach anyone who signs up.", nameof(BuildForm.Fields));
        // An answer to a field that nobody knows would be taken and lost.
        if (command.Fields.FirstOrDefault(f => !Known.Contains(f.Path) && !f.Path.StartsWith("fields.", StringComparison.Ordinal)) is { } unknown)
            return Refusal.Invalid("form.unknown_field", $"Contacts have no field called “{unknown.Path}”. Choose from the list.", nameof(BuildForm.Fields));
        // Visitors would be refused for it, and could do nothing about it.
        if (command.Tags.FirstOrDefault(t => !TagNames.Fits(t)) is { } unfit)
            return Refusal.Invalid("form.tag", unfit.Length > TagNames.Longest ? $"The tag “{unfit[..30]}…” is too long. Keep a tag under {TagNames.Longest} characters." : "A tag is written on one line.", nameof(BuildForm.Tags));
        if (command.EmailWording is not null && !paths.Contains("email"))
            return Refusal.Invalid("form.no_email", "To ask for permission to e-mail, the form must ask for the e-mail address.", nameof(BuildForm.EmailWording));
        if (command.SmsWording is not null && !paths.Contains("phone"))
            return Refusal.Invalid("form.no_phone", "To ask for permission to text, the form must ask for the phone number.", nameof(BuildForm.SmsWording));
        return null;
    }
}
