using System.Text;
using Plura.Accounts.Contracts;
using Plura.Platform;
using Plura.Privacy.Data;

namespace Plura.Privacy;

/// <summary>Permissions with their proofs, decisions, and who did what, in the file with everything. Proofs are opened: they belong to the account.</summary>
internal sealed class PrivacyPart(SubjectKeys keys, Tenant tenant) : IAccountPart
{
    private const string Address = "The address's fingerprint, as in contacts/addresses.csv";

    public string Folder => "privacy";

    public IReadOnlyList<TakenTable> Tables =>
    [
        TakenTable.Of<ConsentEvent>("permissions", "Every act of permission, in order: given, refused, withdrawn, imported, with its proof.",
            ("Seq", "Its number in the ledger"), ("Id", "Its id"), ("AddressKey", Address + "; empty where permission-members.csv says which"), ("SubjectId", "The contact it concerned then"), ("Channel", "email or sms"), ("Topic", "What about"),
            ("Act", "granted, attested, denied, withdrawn or retracted"), ("How", "Through which door"), ("OccurredAt", "When it happened"), ("RecordedAt", "When it was written down"), ("WordingHash", "The words, as in wordings.csv"), ("PolicyVersion", "Which privacy policy stood beside it"),
            ("Actor", "Who wrote it down"), ("Source", "Where it comes from"), ("Jurisdiction", "Where the person probably was"), ("ExpiresAt", "Until when it counts"), ("SendId", "By which message"), ("Retracts", "Which import it takes back"),
            ("MemberCount", "How many addresses it concerns"), ("MemberDigest", "SHA-256 of them"), ("ProofKey", "Whose key the proof was under"), ("Proof", "What proves it, as JSON; empty if there is none, or its key was destroyed"), ("PrevHash", "The seal of the one before"), ("Hash", "Its own seal"), ("Alg", "How it was sealed")) with
        {
            Opened = new Dictionary<string, Func<IReadOnlyDictionary<string, object?>, CancellationToken, Task<string?>>>(StringComparer.Ordinal) { ["Proof"] = Open },
        },
        TakenTable.Of<ConsentMember>("permission-members", "The addresses of an imported list.", ("Seq", "The act, as in permissions.csv"), ("AddressKey", Address), ("ContactId", "The contact then")),
        TakenTable.Of<ConsentWording>("wordings", "The words that people agreed to.", ("Hash", "SHA-256 of the text"), ("Text", "The text"), ("RecordedAt", "When it was first used")),
        TakenTable.Of<ConsentState>("permissions-now", "What holds now for each address.", ("AddressKey", Address), ("Channel", "email or sms"), ("Topic", "What about"), ("Act", "What they said last"), ("How", "Through which door"), ("OccurredAt", "When"), ("ExpiresAt", "Until when it counts"), ("Proof", "none, attested or proven"), ("Own", "Whether the person said it"), ("Seq", "By which act, as in permissions.csv")),
        TakenTable.Of<Suppression>("blocked", "Addresses to which nothing is sent.", ("AddressKey", Address), ("Channel", "email or sms"), ("Reason", "Why"), ("Detail", "What the other side said"), ("At", "Since when")),
        TakenTable.Of<Decision>("decisions", "For each message, why it was sent or not.", ("Id", "Its id"), ("SendId", "The message, as in messages/sends.csv"), ("ContactId", "The contact"), ("AddressKey", Address), ("Channel", "email or sms"), ("Topic", "What about"), ("Category", "What kind of message"), ("Outcome", "allow, deny or defer"), ("DeferUntil", "Until when it waited"), ("Reasons", "Each rule and what it said, as JSON"), ("RulesVersion", "Which rules"), ("At", "When")),
        TakenTable.Of<GateSetting>("limits", "How often one person may hear from the account.", ("FrequencyMessages", "How many messages"), ("FrequencyDays", "In how many days")),
        TakenTable.Of<AuditEntry>("activity", "Who did what.", ("Id", "Its id"), ("At", "When"), ("ActorKind", "user, token, visitor or system"), ("ActorId", "Whose id"), ("Act", "What"), ("About", "To what: its id"), ("AboutKind", "What that is"), ("Facts", "Details, as JSON"), ("Network", "From which network"), ("SessionId", "In which session"), ("Outcome", "done or refused")),
        TakenTable.Of<AuditLink>("activity-seals", "The chain of seals over it.", ("Seq", "Its number"), ("EntryId", "The entry, as in activity.csv"), ("Hash", "Its seal")),
    ];

    public IReadOnlyDictionary<Type, string> LeftOut { get; } = new Dictionary<Type, string> { [typeof(EndedChain)] = "is written when the account is deleted", [typeof(WarmUpDay)] = "counts of decisions.csv by day" };

    private async Task<string?> Open(IReadOnlyDictionary<string, object?> row, CancellationToken ct)
    {
        if (row["Proof"] is not byte[] proof || row["ProofKey"] is not Guid subject)
            return null;
        return await keys.Open(tenant.Id, subject, (Guid)row["Id"]!, proof, ct) is { } plain ? Encoding.UTF8.GetString(plain) : null;
    }
}
