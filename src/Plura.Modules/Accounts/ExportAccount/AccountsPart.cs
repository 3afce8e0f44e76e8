using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;
using Plura.Platform.Outbox;

namespace Plura.Accounts;

/// <summary>The account itself, its people, roles, teams and doors, in the file with everything.</summary>
internal sealed class AccountsPart(PluraDb db, Tenant tenant) : IAccountPart
{
    private const string Id = "Its id";
    private const string Who = "The id of a person, as in people.csv";

    public string Folder => "account";

    public IReadOnlyList<TakenTable> Tables { get; } =
    [
        TakenTable.Of<Account>("business", "The business as it described itself.",
            ("Id", "The account's id"), ("AgencyId", "The id of the agency it belongs to"), ("Slug", "Its name in addresses"), ("Name", "Its name"), ("Country", "Its country, ISO 3166"), ("TimeZone", "Its time zone"),
            ("PostalAddress", "At the foot of its letters"), ("Phone", "The same"), ("Website", "The same"), ("SenderName", "Who its letters are from"), ("SenderEmail", "From which address"),
            ("CreatedAt", "Since when"), ("SuspendedAt", "Since when its agency lets nothing out; empty if it does"), ("StoppedAt", "Since when the operator lets nothing out"), ("HeldAt", "Since when its messages wait for a person to look at it"), ("VouchedAt", "Since when the operator vouches for it"),
            ("ReadableUntil", "Until when it can be looked at, if it is closed")) with { Key = nameof(Account.Id) },
        TakenTable.Of<Invitation>("invitations", "Who was invited to work in the account.",
            ("Id", Id), ("Email", "To which address"), ("Role", "As what"), ("RoleId", "The account's own role, as in roles.csv"), ("Sight", "How much they were to see: all, team or mine"), ("Teams", "The teams they were to be in"),
            ("InvitedBy", Who), ("CreatedAt", "When"), ("SentAt", "When the letter was sent last"), ("Round", "How often it was sent"), ("LettersAt", "When, those of the day before it was sent last"), ("ExpiresAt", "Until when it was good"), ("TakenAt", "When it was taken"), ("TakenBy", Who), ("WithdrawnAt", "When it was withdrawn")) with { Without = [("LinkHash", "the fingerprint of a key")] },
        TakenTable.Of<Role>("roles", "Roles that the account made.", ("Id", Id), ("Name", "What it is called"), ("Permissions", "What it allows"), ("CreatedAt", "Since when")),
        TakenTable.Of<Team>("teams", "Teams.", ("Id", Id), ("Name", "What it is called"), ("CreatedAt", "Since when")),
        TakenTable.Of<TeamMember>("team-members", "Who is in which team.", ("TeamId", "The team, as in teams.csv"), ("UserId", Who)),
        TakenTable.Of<ApiToken>("tokens", "Programs that were let in by a token.", ("Id", Id), ("Name", "What it was for"), ("Scopes", "What it allows; * is everything"), ("MadeBy", Who), ("Ending", "Its last four characters"), ("CreatedAt", "When it was made"), ("Days", "How many days it lasts each time"), ("ExpiresAt", "When it ends by itself"), ("ToldAt", "When the owners were told that it ends"),
            ("LastUsedAt", "When it was used last"), ("LastUsedFrom", "From which network"), ("Uses", "How often"), ("RotatedAt", "When it was last replaced by a new one"), ("OldEndsAt", "Until when the one before still works"), ("OldUsedAt", "When that was used last"), ("RevokedAt", "When it was ended")) with { Without = [("Hash", "the fingerprint of a key"), ("OldHash", "the fingerprint of a key")] },
        TakenTable.Of<AppConnection>("apps", "Apps that were connected.", ("Id", Id), ("ApplicationId", "The id of the app"), ("UserId", Who), ("ConnectedAt", "When"), ("CreationDate", "The same"), ("Status", "Whether it is connected"), ("EndedAt", "When it was disconnected"), ("LastUsedAt", "When it was used last"), ("LastUsedFrom", "From which network"), ("Uses", "How often"), ("Scopes", "What it may do")) with { Without = [("ConcurrencyToken", "by which two changes at once are told apart"), ("Properties", "nothing stands there"), ("Subject", "the same person again"), ("Type", "the same for all")] },
        TakenTable.Of<AccountStop>("stops", "When the operator stopped or held the account's sending.", ("Id", Id), ("Kind", "stopped or held"), ("Codes", "Which signs led to it"), ("Reason", "Why, as the account read it"), ("At", "From when"), ("By", "The id of who did it; empty for the machine"), ("KeptAt", "When a person looked and let it be"), ("EndedAt", "Until when"), ("DecidedBy", "The id of who decided"), ("Sentence", "What they wrote"), ("Version", "How often it was decided about")),
        TakenTable.Of<Notice>("notices", "What the people of the account were told.", ("Id", Id), ("At", "When"), ("Kind", "What kind of news"), ("Title", "The subject of its mail"), ("Text", "What it says"), ("Link", "Where it leads"), ("UserId", "The only person it was for; empty for everybody"), ("Thing", "What it is about"), ("ThingId", "Which"), ("SettledAt", "When it had been seen to")),
        TakenTable.Of<NoticeReading>("notices-read", "Who put which notice away.", ("Id", Id), ("NoticeId", "The notice, as in notices.csv"), ("UserId", Who), ("At", "When")),
        TakenTable.Of<NoticeChoice>("notice-choices", "Who wants to be told of what.", ("Id", Id), ("UserId", Who), ("Kind", "What kind of news"), ("InApp", "In the app"), ("ByMail", "By mail at once"), ("InDigest", "In the letter of the day"), ("ByPush", "On their devices"), ("Since", "Since when")),
        TakenTable.Of<NoticeDelivery>("notices-sent", "Which notice went to whom outside the app.", ("Id", Id), ("NoticeId", "The notice, as in notices.csv"), ("UserId", Who), ("Route", "mail, digest or push"), ("SubscriptionId", "The id of the device; zeros for letters"), ("DueAt", "Not before when"), ("State", "What became of it"), ("Tries", "How often it was tried"), ("At", "When"), ("DigestId", "In which letter of the day")),
        TakenTable.Of<AccountPause>("pauses", "When the agency stopped sending for a while.", ("Id", Id), ("Reason", "Why"), ("PausedAt", "From when"), ("PausedBy", "The id of who did it"), ("ResumedAt", "Until when"), ("ResumedBy", "The id of who let it go on")),
        TakenTable.Of<AccountClosure>("closings", "When the account was closed, and opened again.", ("Id", Id), ("ClosedAt", "When"), ("ClosedBy", Who), ("ReadableUntil", "Until when it can be looked at"), ("PurgeAt", "When everything is deleted"), ("ReopenedAt", "When it was opened again"), ("ReopenedBy", Who), ("WarnedAt", "When the owners were reminded")) with { Without = [("PurgedAt", "empty while there is anything to take out"), ("RowsGone", "none while there is anything to take out")] },
        TakenTable.Of<Acceptance>("acceptances", "Which of our texts were accepted for this account.", ("Id", Id), ("UserId", Who), ("Document", "Which text"), ("Version", "Which version"), ("WordingHash", "SHA-256 of its wording"), ("Method", "How"), ("At", "When")) with { Without = [("IpHash", "only we can compare it with anything")] },
        TakenTable.Of<AccountSnapshot>("snapshots", "Set-ups of the account that were kept.", ("Id", Id), ("Name", "What it is called"), ("Document", "The set-up, as JSON"), ("SavedAt", "When"), ("SavedBy", Who)),
        TakenTable.Of<SupportGrant>("support-grants", "Whom the account let in from outside.", ("Id", Id), ("AgencyId", "The agency; empty for the operator"), ("May", "What they may do"), ("Reason", "What it was about"), ("GrantedAt", "From when"), ("GrantedBy", Who), ("EndsAt", "Until when")),
        TakenTable.Of<SupportGrantEnd>("support-ends", "What of that was ended early.", ("GrantId", "As in support-grants.csv"), ("EndedAt", "When"), ("EndedBy", Who)),
        TakenTable.Of<SupportVisit>("support-visits", "When somebody from outside came in by it, and left.", ("Id", Id), ("GrantId", "As in support-grants.csv"), ("UserId", "The id of the person"), ("Act", "enter or leave"), ("At", "When")),
    ];

    public IReadOnlyDictionary<Type, string> LeftOut { get; } = new Dictionary<Type, string>
    {
        [typeof(MisuseSignal)] = "signs that the operator keeps for a time against misuse; what came of them stands in stops.csv",
        [typeof(NetworkTrace)] = "fingerprints of networks, kept for days against attacks; nobody can read them",
        [typeof(Membership)] = "stands in people.csv, with names",
        [typeof(IdempotentReply)] = "answers kept for a day so that a program's repeated call does nothing twice; what they did stands in the other files",
        [typeof(OutboxMessage)] = "work that waits for its turn: ids only, and gone when it is done",
    };

    public Task<IReadOnlyList<TakenFile>> Files(CancellationToken ct) => Task.FromResult<IReadOnlyList<TakenFile>>(
    [
        new("people", "Who works in the account.",
            [("user_id", "The person's id"), ("name", "Their name"), ("email", "The address they sign in by"), ("role", "What they are: owner, admin, member, read_only or custom"), ("role_id", "The account's own role, as in roles.csv"), ("sight", "How much they see: all, team or mine"), ("since", "Since when")],
            People),
    ]);

    private async IAsyncEnumerable<IReadOnlyList<string?>> People([EnumeratorCancellation] CancellationToken ct)
    {
        var account = tenant.Id;
        var people = db.Memberships.AsNoTracking().Where(m => m.AccountId == account).Join(db.Users, m => m.UserId, u => u.Id, (m, u) => new { u.Id, u.Name, u.Email, m.Role, m.RoleId, m.Sight, m.Since }).OrderBy(p => p.Id);
        await foreach (var person in people.AsAsyncEnumerable().WithCancellation(ct))
            yield return [person.Id.ToString(), person.Name, person.Email, person.Role, person.RoleId?.ToString(), person.Sight, person.Since.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)];
    }
}
