using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;
using Plura.Sites.Data;

namespace Plura.Sites;

/// <summary>
/// A visitor signs up: the person becomes a contact and every ticked box an entry in the consent ledger with its proof, in one
/// transaction. A box left empty leaves no trace. Sending the same page twice is one submission.
/// </summary>
public sealed record SubmitForm
{
    public Guid FormId { get; set; }

    public Guid Visit { get; set; }

    /// <summary>Path of the field → what the visitor wrote.</summary>
    public IReadOnlyDictionary<string, string> Answers { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Which of the form's boxes are ticked, by number.</summary>
    public IReadOnlySet<int> Ticked { get; set; } = new HashSet<int>();

    /// <summary>The browser did its work; without it e-mail permission waits for the mailed link.</summary>
    public bool Worked { get; set; }

    public string? IpAddress { get; set; }

    public string? UserAgent { get; set; }

    public string? Page { get; set; }
}

/// <param name="WaitsForEmail">The person must press the button behind the link that was mailed to them.</param>
public sealed record Submitted(Guid ContactId, bool WaitsForEmail);

public sealed class SubmitFormHandler(PluraDb db, IContactDirectory contacts, IConsentLedger ledger, ConsentRequest request, IAudit audit, TimeProvider clock)
{
    public async Task<Result<Submitted>> Handle(SubmitForm command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var found = await db.FindForm(command.FormId, ct);
        if (found.Refusal is { } unknown)
            return unknown;
        var form = found.Value;
        if (form.ClosedAt is not null)
            return Refusal.Conflict("form.closed", "This form no longer takes answers.");
        if (await db.FormSubmissions.FirstOrDefaultAsync(s => s.FormId == form.Id && s.Visit == command.Visit, ct) is { } before)
            return new Submitted(before.ContactId, before.WaitsFor is not null && before.ConfirmedAt is null);
        if (Answers.Check(form, command.Answers) is { } incomplete)
            return incomplete;

        // The first of the saves below carries it, and the transaction holds them together.
        audit.Note("sites.submit_form", form.Id);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var contact = await contacts.FindOrCreate(Answers.Draft(form, command.Answers), ct);
        if (contact.Refusal is { } refused)
            return Answers.BesideFields(refused);
        var ticked = form.Consents.Where((_, number) => command.Ticked.Contains(number)).ToList();
        var addresses = await contacts.Addresses(contact.Value, ct);
        var email = Of(Channels.Email, command.Answers.GetValueOrDefault("email"), addresses);
        var waits = email is not null && ticked.Any(t => t.Channel == Channels.Email) && (form.DoubleOptIn || !command.Worked || await SaidNo(email, ct));
        var submission = FormSubmission.Of(command, contact.Value, ticked, waits ? email!.ContactPointId : null, clock.GetUtcNow());
        db.FormSubmissions.Add(submission);
        await db.SaveChangesAsync(ct);
        foreach (var box in ticked)
        {
            var address = box.Channel == Channels.Email ? email : Of(Channels.Sms, command.Answers.GetValueOrDefault("phone"), addresses);
            if (address is not null && !(waits && box.Channel == Channels.Email))
                await ledger.Append(ConsentProof.Of(form, submission, box, address, ConsentDoors.Form), ct);
        }

        if (waits)
            await request.Send(form, submission, ct);
        await transaction.CommitAsync(ct);
        return new Submitted(contact.Value, waits);
    }

    /// <summary>Who unsubscribed or was blocked comes back only by the button in a mail to the address itself: anybody can type an address into a form.</summary>
    private async Task<bool> SaidNo(ContactAddress email, CancellationToken ct) =>
        (await ledger.Now([email.AddressKey], ct)).Any(n => n.Channel == Channels.Email && (n.Act is ConsentActs.Withdrawn or ConsentActs.Denied || n.Suppressed is not null));

    /// <summary>The contact's address of the channel that the visitor typed; the primary one where the book writes it differently.</summary>
    private static ContactAddress? Of(string channel, string? typed, IReadOnlyList<ContactAddress> addresses)
    {
        var mine = addresses.Where(a => a.Channel == channel).ToList();
        return mine.Find(a => string.Equals(a.Value, typed, StringComparison.OrdinalIgnoreCase)) ?? mine.Find(a => a.Primary) ?? mine.FirstOrDefault();
    }
}

public static class ConsentProof
{
    /// <summary>What proves the tick: the exact words, the place, the visitor's address and browser, and what else was filled in.</summary>
    public static ConsentEntry Of(Form form, FormSubmission submission, ConsentBox box, ContactAddress address, string how)
    {
        var proof = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["form"] = form.Id.ToString(),
            ["form_version"] = form.Version.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["submission"] = submission.Id.ToString(),
            ["submitted_at"] = submission.At.ToString("O"),
        };
        foreach (var (name, value) in new[] { ("ip", submission.IpAddress), ("user_agent", submission.UserAgent), ("page", submission.Page) })
        {
            if (value is not null)
                proof[name] = value;
        }

        foreach (var (path, answer) in submission.Answers)
            proof["field." + path] = answer;
        return new ConsentEntry
        {
            AddressKey = address.AddressKey,
            SubjectId = submission.ContactId,
            Channel = box.Channel,
            Topic = box.Topic,
            Act = ConsentActs.Granted,
            How = how,
            Wording = box.Wording,
            Source = form.Name,
            Proof = proof,
        };
    }
}
