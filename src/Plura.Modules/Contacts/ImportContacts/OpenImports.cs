using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Whether what an upload becomes may still be chosen.</summary>
public static class OpenImports
{
    public static readonly Refusal Unknown = Refusal.NotFound("import.unknown", "There is no such import.");

    /// <summary>Refused while it is at work, and once something of it was imported.</summary>
    public static Refusal? Closed(Import? import) => import switch
    {
        null => Unknown,
        { State: Import.Running or Import.Undoing } => Refusal.Conflict("import.running", "This import is at work already.", import.Id),
        { State: Import.Undone } or { State: Import.Done, DryRun: false } => Refusal.Conflict("import.done", "This import has run. To import the file again, upload it again.", import.Id),
        _ => null,
    };
}
