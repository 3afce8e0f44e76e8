using Plura.Platform;

namespace Plura.Sites.Data;

/// <summary>One time a person filled the form in: what they wrote, which boxes they ticked, and whether they confirmed it by e-mail.</summary>
public sealed class FormSubmission : ITenantOwned
{
    private FormSubmission()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public Guid FormId { get; private set; }

    public Guid ContactId { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>The visit it belongs to: the same page sent twice is one submission.</summary>
    public Guid Visit { get; private set; }

    public IReadOnlyDictionary<string, string> Answers { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyList<ConsentBox> Ticked { get; private set; } = [];

    public string? IpAddress { get; private set; }

    public string? UserAgent { get; private set; }

    public string? Page { get; private set; }

    /// <summary>The address that must be confirmed before e-mail permission counts; null where nothing waits.</summary>
    public Guid? WaitsFor { get; private set; }

    public DateTimeOffset? ConfirmedAt { get; private set; }

    public static FormSubmission Of(SubmitForm command, Guid contactId, IReadOnlyList<ConsentBox> ticked, Guid? waitsFor, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        FormId = command.FormId,
        ContactId = contactId,
        At = now,
        Visit = command.Visit,
        Answers = command.Answers,
        Ticked = ticked,
        IpAddress = command.IpAddress,
        UserAgent = command.UserAgent,
        Page = command.Page,
        WaitsFor = waitsFor,
    };

    public void Confirm(DateTimeOffset now) => ConfirmedAt ??= now;
}
