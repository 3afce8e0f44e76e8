using MimeKit;
using Plura.Platform;

namespace Plura.Messaging.Contracts;

/// <summary>What mail servers and mailbox providers write to us about letters that left: it came back, it waits, its reader pressed Spam.</summary>
public interface IMailReports
{
    /// <summary>Whose letter comes back to this address; null where it is none that we gave to a mail server.</summary>
    ReturnAddress? Read(string address);

    /// <summary>
    /// Writes into the ledger what the mail reports. Null where it is no report; refused where it is one that we cannot join to a letter of ours, and
    /// then nothing changes. The same report again changes nothing.
    /// </summary>
    /// <param name="mail">The report.</param>
    /// <param name="to">The addresses that the mail server took it for.</param>
    /// <param name="account">The account whose own address is among them, where one is.</param>
    /// <param name="ct">Ends the work.</param>
    Task<Result<ReportReceipt>?> Take(MimeMessage mail, IReadOnlyList<string> to, Guid? account, CancellationToken ct);

    /// <summary>To which contact a letter went; null where there is no such letter.</summary>
    Task<Guid?> ReaderOf(Guid account, Guid send, CancellationToken ct);
}

/// <param name="Signed">It was made here. Whatever comes to one that was not counts for nothing.</param>
public sealed record ReturnAddress(Guid AccountId, Guid SendId, bool Signed);

/// <param name="What">See <see cref="Reported"/>.</param>
public sealed record ReportReceipt(Guid AccountId, Guid SendId, string What);

/// <summary>What a report said of a letter.</summary>
public static class Reported
{
    public const string Bounced = "bounced";

    /// <summary>It waits at a mail server, which goes on trying.</summary>
    public const string Delayed = "delayed";

    public const string Delivered = "delivered";

    /// <summary>Its reader pressed Spam.</summary>
    public const string Complained = "complained";

    /// <summary>Nothing that changes anything: “this is no spam after all”.</summary>
    public const string Nothing = "nothing";
}
