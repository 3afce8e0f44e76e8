using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;
using Plura.Sites.Data;

namespace Plura.Sites;

public sealed record FormSetUp
{
    public required string Name { get; init; }

    public required string Title { get; init; }

    public string? Intro { get; init; }

    public required string Button { get; init; }

    public required string ThankYou { get; init; }

    public required IReadOnlyList<FormField> Fields { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public required IReadOnlyList<ConsentBox> Consents { get; init; }

    public required bool DoubleOptIn { get; init; }
}

/// <summary>Open forms with their wording; their addresses and what was sent in stay behind.</summary>
internal sealed class FormsPart(PluraDb db, BuildFormHandler build) : SnapshotPart<FormSetUp>
{
    private const int MostFields = 40;
    private static readonly string[] Paths = ["first_name", "last_name", "email", "phone", "company"];

    public override string Name => "forms";

    public override string Title => "Forms";

    public override int Order => 30;

    public override string Permission => "forms.edit";

    public override IReadOnlyList<Type> Travel { get; } = [typeof(Form)];

    protected override string NameOf(FormSetUp content) => content.Name;

    protected override async Task<IReadOnlyList<(Guid? Id, FormSetUp Content)>> Load(CancellationToken ct) =>
        [.. (await db.Forms.AsNoTracking().Where(f => f.ClosedAt == null).ToListAsync(ct)).OrderBy(f => f.Name, StringComparer.Ordinal).ThenBy(f => f.Title, StringComparer.Ordinal).ThenBy(f => f.CreatedAt)
            .Select(f => ((Guid?)f.Id, new FormSetUp { Name = f.Name, Title = f.Title, Intro = f.Intro, Button = f.Button, ThankYou = f.ThankYou, Fields = f.Fields, Tags = f.Tags, Consents = f.Consents, DoubleOptIn = f.DoubleOptIn }))];

    protected override async Task<Refusal?> Put(FormSetUp wanted, Guid? here, CancellationToken ct)
    {
        if (Check(wanted) is { } invalid)
            return invalid;
        var version = here is { } id ? await db.Forms.Where(f => f.Id == id).Select(f => f.Version).SingleAsync(ct) : 0;
        var email = wanted.Consents.FirstOrDefault(c => c.Channel == Channels.Email);
        return (await build.Handle(new BuildForm
        {
            Id = here,
            Version = version,
            Name = wanted.Name,
            Title = wanted.Title,
            Intro = wanted.Intro,
            Button = wanted.Button,
            ThankYou = wanted.ThankYou,
            Fields = wanted.Fields,
            Tags = wanted.Tags,
            EmailWording = email?.Wording,
            EmailTopic = email is null || email.Topic == Topics.All ? null : email.Topic,
            SmsWording = wanted.Consents.FirstOrDefault(c => c.Channel == Channels.Sms)?.Wording,
            DoubleOptIn = wanted.DoubleOptIn,
        }, ct)).Refusal;
    }

    private static Refusal? Check(FormSetUp wanted)
    {
        if (wanted.Fields.Count > MostFields || wanted.Fields.DistinctBy(f => f.Path, StringComparer.Ordinal).Count() != wanted.Fields.Count)
            return Refusal.Invalid("form.fields", $"A form asks each thing once, and at most {MostFields} things.", "Fields");
        if (wanted.Fields.Any(f => f.Label.Trim().Length is 0 or > 200 || (!Paths.Contains(f.Path, StringComparer.Ordinal) && !(f.Path.StartsWith("fields.", StringComparison.Ordinal) && f.Path.Length is > 7 and < 60))))
            return Refusal.Invalid("form.fields", "One of this form's questions has no label, or goes into a field that contacts do not have.", "Fields");
        if (wanted.Tags.Count > 20 || wanted.Tags.Any(t => t.Trim().Length is 0 or > 60))
            return Refusal.Invalid("form.tags", "A form gives at most 20 tags of at most 60 characters.", "Tags");
        return wanted.Consents.Any(c => c.Channel is not (Channels.Email or Channels.Sms)) || wanted.Consents.DistinctBy(c => c.Channel, StringComparer.Ordinal).Count() != wanted.Consents.Count
            ? Refusal.Invalid("form.consents", "A form asks for permission to e-mail and to text, once each.", "Consents")
            : null;
    }
}
