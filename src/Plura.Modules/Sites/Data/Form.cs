using Plura.Platform;

namespace Plura.Sites.Data;

/// <summary>A sign-up form: what it asks, which permissions it offers, and what it says afterwards. Anyone with its address may fill it in.</summary>
public sealed class Form : ITenantOwned
{
    private Form()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    /// <summary>Stands in the public address <c>/f/{key}</c>; says nothing about the account.</summary>
    public string Key { get; private set; } = "";

    /// <summary>The account's own name for it.</summary>
    public string Name { get; private set; } = "";

    public string Title { get; private set; } = "";

    public string? Intro { get; private set; }

    public string Button { get; private set; } = "";

    public string ThankYou { get; private set; } = "";

    public IReadOnlyList<FormField> Fields { get; private set; } = [];

    public IReadOnlyList<ConsentBox> Consents { get; private set; } = [];

    public IReadOnlyList<string> Tags { get; private set; } = [];

    /// <summary>E-mail permission counts only after the person pressed the button behind the mailed link.</summary>
    public bool DoubleOptIn { get; private set; }

    /// <summary>Counts up with every change. A visitor who saw other words is asked to read again.</summary>
    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When it stopped taking answers; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    public static Form New(Guid id, string key, DateTimeOffset now) => new() { Id = id, Key = key, CreatedAt = now };

    public void Build(BuildForm words)
    {
        (Name, Title, Intro, Button, ThankYou) = (words.Name, words.Title, words.Intro, words.Button, words.ThankYou);
        (Fields, Consents, Tags, DoubleOptIn) = (words.Fields, words.Consents(), words.Tags, words.DoubleOptIn);
        Version++;
    }

    public void Close(DateTimeOffset now) => ClosedAt ??= now;

    public void Reopen() => ClosedAt = null;
}

/// <param name="Path">Where the answer goes: <c>first_name</c>, <c>last_name</c>, <c>email</c>, <c>phone</c>, <c>company</c>, <c>fields.size</c>.</param>
public sealed record FormField(string Path, string Label, bool Required);

/// <summary>One permission that the form asks for; its box is never ticked beforehand.</summary>
/// <param name="Wording">The exact words beside the box.</param>
public sealed record ConsentBox(string Channel, string Topic, string Wording);

/// <summary>Which account and form a public address belongs to.</summary>
[SharedAcrossTenants("A visitor opens the form before any account is known; it holds two ids and no personal data.")]
public sealed class PublicForm
{
    public string Key { get; init; } = "";

    public Guid TenantId { get; init; }

    public Guid FormId { get; init; }
}
