namespace Plura.Messaging;

/// <summary>A mail that a machine wrote about a letter of ours, as it is understood.</summary>
/// <param name="End">What it says of the letter; null where it is a report of a kind that we do not know.</param>
/// <param name="Code">The SMTP code, where it names one.</param>
/// <param name="Words">What the server said, on one line and without addresses.</param>
/// <param name="Letter">What it gives back of the letter itself.</param>
public sealed record MailReport(ReportEnd? End, int? Code, string Words, ReturnedHeaders Letter)
{
    /// <summary>The machine-readable part of a complaint, which is kept as proof.</summary>
    public IReadOnlyDictionary<string, string> Proof { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>It looks like one, and a person or a service may have written it all the same: without a letter of ours it is read as theirs.</summary>
    public bool Doubtful { get; init; }

    public static MailReport Unknown(ReturnedHeaders letter) => new(null, null, "", letter);
}

public enum ReportEnd
{
    /// <summary>The address does not exist: nothing goes there again.</summary>
    Dead,

    /// <summary>Not taken for good, and not because of the address.</summary>
    Refused,

    /// <summary>A server tried for days and gave up.</summary>
    GaveUp,

    /// <summary>A server goes on trying.</summary>
    Delayed,

    Delivered,

    Complained,

    /// <summary>A report that says nothing against anybody.</summary>
    Nothing,
}
