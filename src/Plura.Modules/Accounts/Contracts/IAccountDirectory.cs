namespace Plura.Accounts.Contracts;

/// <summary>Facts about accounts and users that the other modules ask for.</summary>
public interface IAccountDirectory
{
    Task<AccountCard?> Account(Guid id, CancellationToken ct);

    Task<AccountCard?> AccountBySlug(string slug, CancellationToken ct);

    Task<AgencyCard?> Agency(Guid id, CancellationToken ct);

    /// <summary>The operator's own account, from which the installation's mail leaves.</summary>
    Task<AccountCard> Operator(CancellationToken ct);

    Task<UserCard?> User(Guid id, CancellationToken ct);

    /// <summary>Those of them who are still here, in one query.</summary>
    Task<IReadOnlyDictionary<Guid, UserCard>> Users(IReadOnlyCollection<Guid> ids, CancellationToken ct);

    /// <summary>How a person reads numbers, dates and times, as far as they chose.</summary>
    Task<ReadingCard?> ReadingOf(Guid userId, CancellationToken ct);

    /// <summary>The people of an account who own it: whom a notice goes to.</summary>
    Task<IReadOnlyList<UserCard>> Owners(Guid accountId, CancellationToken ct);

    /// <summary>Everybody who belongs to an account, by name: whom work can be assigned to.</summary>
    Task<IReadOnlyList<UserCard>> People(Guid accountId, CancellationToken ct);

    /// <summary>Everybody who is in a team with this person, and they themselves where they are in one.</summary>
    Task<IReadOnlyList<Guid>> Teammates(Guid accountId, Guid userId, CancellationToken ct);

    /// <summary>An invitation that still waits, with its link, which is made here; null where it was taken, withdrawn or has run out.</summary>
    Task<InvitationCard?> Invitation(Guid id, CancellationToken ct);

    /// <summary>Makes the single-use link that confirms a user's address; asked for at the moment of sending.</summary>
    Task<string?> ConfirmationLink(Guid userId, CancellationToken ct);
}

/// <param name="Id">The tenant id.</param>
/// <param name="AgencyId">HighLevel's companyId.</param>
/// <param name="Slug">Stands in the address: <c>/a/{slug}</c>.</param>
/// <param name="Name">The business's name.</param>
/// <param name="TimeZone">An IANA name, <c>Europe/Berlin</c>.</param>
/// <param name="Country">ISO 3166 alpha-2; also the region in which local telephone numbers are read.</param>
/// <param name="PostalAddress">Every marketing mail must show it; null until the owner gives it.</param>
/// <param name="SenderName">The default From name.</param>
/// <param name="SenderEmail">The default From address.</param>
/// <param name="Suspended">Paused by its agency, stopped by the operator, or closed: it sends nothing.</param>
public sealed record AccountCard(Guid Id, Guid AgencyId, string Slug, string Name, string TimeZone, string Country, string? PostalAddress, string SenderName, string SenderEmail, bool Suspended)
{
    /// <summary>It was closed: nothing in it changes any more, also not by visitors of its pages.</summary>
    public bool Closed { get; init; }

    /// <summary>As the business writes it; null where it gave none.</summary>
    public string? Phone { get; init; }

    /// <summary>With https:// in front; null where it gave none.</summary>
    public string? Website { get; init; }

    /// <summary>Held until a person of the operator has looked: its messages wait.</summary>
    public bool Held { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The operator vouches for it: it need not begin with small numbers.</summary>
    public bool Vouched { get; init; }

    /// <summary>The domain that its agency has confirmed for mail: letters from it, or from below it, are signed with it. Null where there is none.</summary>
    public string? MailDomain { get; init; }
}

/// <param name="Id">HighLevel's companyId.</param>
/// <param name="Slug">Stands in the address: <c>/g/{slug}</c>.</param>
/// <param name="Name">What its people and its accounts call it.</param>
public sealed record AgencyCard(Guid Id, string Slug, string Name);

/// <param name="Email">The only address that may take it.</param>
/// <param name="Business">The account's name.</param>
/// <param name="Agency">Whose account it is.</param>
/// <param name="By">Who invites; null where that person has gone since.</param>
/// <param name="Link">The whole address of the page that takes it.</param>
public sealed record InvitationCard(Guid AccountId, string Email, string Business, string Agency, string? By, string Link);

public sealed record UserCard(Guid Id, string Name, string Email, bool EmailConfirmed);

/// <param name="Language">A language tag in whose way figures and dates are written, or null.</param>
/// <param name="TimeZone">An IANA name of their own, or null.</param>
/// <param name="AccountZone">That of their first account, for pages outside any.</param>
public sealed record ReadingCard(string? Language, string? TimeZone, string? AccountZone);
