using Plura.Contacts.Data;
using Plura.Ui;

namespace Plura.Contacts;

/// <summary>The state of a bulk action as people read it.</summary>
internal static class BulkStates
{
    public static (string Text, Tone Tone) Of(BulkAction action) => action.State switch
    {
        BulkAction.Asked => ("Not started", Tone.Calm),
        BulkAction.Running => ("At work", Tone.Accent),
        BulkAction.Failed => ("Broken off", Tone.Bad),
        BulkAction.Undoing when action.Kind == BulkAction.Export => ("Being deleted", Tone.Accent),
        BulkAction.Undone when action.Kind == BulkAction.Export => ("Deleted", Tone.Calm),
        BulkAction.Undoing => ("Being taken back", Tone.Accent),
        BulkAction.Undone => ("Taken back", Tone.Calm),
        _ => ("Done", Tone.Good),
    };
}
