using System.Globalization;
using Plura.Platform;

namespace Plura.Privacy;

/// <summary>An audit log as lines of a table, the same for an account's and for the installation's.</summary>
internal static class ActivityFile
{
    public const string Head = "Number,At,Who,In words,Details,Act,Actor kind,Actor,About kind,About,Network,Session,Outcome,Hash";

    public static string Line(ActivityLine line, (long Seq, byte[] Hash)? link) => Csv.Line(Cells(line, link), numbers: false);

    private static string?[] Cells(ActivityLine line, (long Seq, byte[] Hash)? link) =>
    [
        link?.Seq.ToString(CultureInfo.InvariantCulture), line.Entry.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture), line.Who, line.Sentence, line.Details, line.Entry.Act,
        line.Entry.ActorKind, line.Entry.ActorId?.ToString(), line.Entry.AboutKind, line.Entry.About?.ToString(), line.Entry.Network, line.Entry.SessionId?.ToString(), line.Entry.Outcome,
        link is { } sealedAs ? Convert.ToHexStringLower(sealedAs.Hash) : null,
    ];
}
