using Plura.Contacts.Data;
using Plura.Ui;

namespace Plura.Contacts;

/// <summary>The state of a bulk action as people read it.</summary>
internal static class BulkStates
{
    public static (string Text, Tone Tone) Of(BulkAction action) => (action.State, File: action.Kind == BulkAction.Export) switch
    {
        (BulkAction.Asked, _) => ("Not started", Tone.Calm),
        (BulkAction.Failed, _) => ("Broken off", Tone.Bad),
        (BulkAction.Running, true) => ("Being written", Tone.Accent),
        (BulkAction.Undoing, true) => ("Being deleted", Tone.Accent),
        (BulkAction.Undone, true) => ("Deleted", Tone.Calm),
        (_, true) => ("Ready", Tone.Good),
        (BulkAction.Running, _) => ("At work", Tone.Accent),
        (BulkAction.Undoing, _) => ("Being taken back", Tone.Accent),
        (BulkAction.Undone, _) => ("Taken back", Tone.Calm),
        _ => ("Done", Tone.Good),
    };
}
