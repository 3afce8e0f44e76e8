using Plura.Accounts.Contracts;
using Plura.Messaging.Data;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>Letters and texts, what became of each, and what people texted back, in the file with everything. What is sealed is opened: it belongs to the account.</summary>
internal sealed class MessagingPart(ISubjectTexts sealing) : IAccountPart
{
    private const string Send = "The message, as in sends.csv";

    public string Folder => "messages";

    public IReadOnlyList<TakenTable> Tables =>
    [
        TakenTable.Of<Content>("letters", "What was written.", ("Id", "Its id"), ("Channel", "email or sms"), ("Text", "What a text message says"), ("Subject", "Subject"), ("Preview", "What stands beside the subject in the inbox"), ("Html", "The letter"), ("FromName", "Who it is from"), ("FromEmail", "From which address"), ("ReplyTo", "Where answers go"), ("Category", "What kind of message"), ("Topic", "What about"), ("WrittenAt", "When")),
        TakenTable.Of<ContentLink>("letter-links", "The links in the letters.", ("Id", "Its id"), ("ContentId", "The letter, as in letters.csv"), ("Number", "Which of its links"), ("Url", "Where it leads")),
        TakenTable.Of<Send>("sends", "Each message to each person, and how it stands.", ("Id", "Its id"), ("Origin", "What it belongs to"), ("OriginId", "The id of that"), ("ContentId", "The letter, as in letters.csv"), ("ContactId", "The contact"), ("ContactPointId", "The address, as in contacts/addresses.csv"), ("AddressKey", "The address's fingerprint"), ("State", "How it stands"), ("Reason", "Why it was not sent"), ("DecisionId", "The decision, as in privacy/decisions.csv"), ("PlannedAt", "When it was planned"), ("DueAt", "When it was to leave"), ("FirstIntendedAt", "When it was first tried"), ("IntendedAt", "When it was tried last"), ("FinishedAt", "When it was final"), ("Attempt", "How often it was tried"), ("LastCode", "What the mail server answered"), ("ProviderId", "What the provider calls it"), ("MessageId", "Its id in mail programs"), ("OpenedAt", "When it was first opened"), ("ClickedAt", "When a link was first followed"), ("RobotOpenedAt", "When a program opened it"), ("RobotClickedAt", "When a program followed a link"), ("UnsubscribedAt", "When the person unsubscribed by it")) with
        {
            Without = [("Node", "which of our machines had it at hand")],
        },
        TakenTable.Of<SendAttempt>("send-attempts", "Each hand-off to the mail server.", ("DecisionId", "The decision, as in privacy/decisions.csv"), ("SendId", Send), ("Attempt", "Which try"), ("Outcome", "What was decided"), ("At", "When")),
        TakenTable.Of<SendHappening>("send-events", "What happened to messages: delivered, bounced, opened, clicked.", ("Id", "Its id"), ("SendId", Send), ("Kind", "What"), ("Detail", "More about it"), ("Robot", "If a program did it, which kind"), ("At", "When")),
        TakenTable.Of<ReceivedText>("texts-received", "What people texted you.", ("Id", "Its id"), ("SealKey", "Under whose key it is sealed: the contact then, or the number’s fingerprint"), ("AddressKey", "The number's fingerprint"), ("Number", "Your number, to which it was sent"), ("ProviderId", "Its id at the phone company"), ("Meaning", "What it was taken for"), ("Sealed", "From which number, and what it says, as JSON; empty if its key was destroyed"), ("At", "When")) with
        {
            Opened = new Dictionary<string, Func<IReadOnlyDictionary<string, object?>, CancellationToken, Task<string?>>>(StringComparer.Ordinal) { ["Sealed"] = Open },
        },
        TakenTable.Of<SendingDomain>("sending-domains", "The domains you write from.", ("Id", "Its id"), ("Name", "The domain"), ("AddedAt", "When you set it up"), ("ProvenAt", "Since when its record is found"), ("LostAt", "When it was found no more"), ("CheckedAt", "When it was last looked at"), ("Findings", "What mail servers made of it then, as JSON"), ("DeletedAt", "When it was taken away")) with
        {
            Without = [("LookAt", "when we look at it next")],
        },
        TakenTable.Of<DomainKey>("sending-domain-keys", "The keys with which your letters were signed.", ("Id", "Its id"), ("DomainId", "The domain, as in sending-domains.csv"), ("Selector", "Under which name it stands in the DNS"), ("PublicKey", "Its public half"), ("MadeAt", "When it was made"), ("UsedAt", "Since when it signed"), ("RetiredAt", "When it stopped")) with
        {
            Without = [("Sealed", "its private half: who has it could sign in your name")],
        },
        TakenTable.Of<StopReview>("texts-to-review", "Texts that were taken for a stop although they hold none of its words.", ("Id", "The text, as in texts-received.csv"), ("At", "When it came"), ("SeenAt", "When somebody had looked"), ("SeenBy", "Who"), ("Meant", "Whether it was a stop, as they said")),
    ];

    public IReadOnlyDictionary<Type, string> LeftOut { get; } = new Dictionary<Type, string>
    {
        [typeof(SendTally)] = "counts of sends.csv, made anew from it",
        [typeof(SendingDay)] = "counts of sends.csv by day, made anew from it",
        [typeof(Dispatch)] = "the sender's own notes on how fast it goes",
        [typeof(TextNumberUse)] = "which of the installation's numbers carries the account's texts",
        [typeof(NumberStop)] = "hashes of who said STOP to the installation's numbers",
        [typeof(NumberPace)] = "how fast the installation's numbers send",
        [typeof(NodeHold)] = "which of our machines sends for which account at this moment",
    };

    private async Task<string?> Open(IReadOnlyDictionary<string, object?> row, CancellationToken ct) =>
        row["Sealed"] is byte[] text ? (await sealing.Open([new SealedText((Guid)row["SealKey"]!, (Guid)row["Id"]!, text)], ct)).GetValueOrDefault((Guid)row["Id"]!) : null;
}
