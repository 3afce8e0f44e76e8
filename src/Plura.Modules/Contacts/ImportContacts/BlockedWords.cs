using Plura.Contacts.Data;
using Plura.Privacy.Contracts;

namespace Plura.Contacts;

/// <summary>Why an address gets nothing, as a sentence beside the row.</summary>
public static class BlockedWords
{
    public static string For(string reason, string kind)
    {
        var address = kind == ContactPoint.Email ? "e-mail address" : "phone number";
        return reason switch
        {
            SuppressionReasons.Erased => "This person asked to be erased from your data, so the row was left out.",
            SuppressionReasons.HardBounce => $"Imported without permission: messages to this {address} came back for good.",
            SuppressionReasons.Complaint => $"Imported without permission: this person reported a message to this {address} as spam.",
            SuppressionReasons.Blocked => $"Imported without permission: this {address} is on your list of people who get nothing.",
            _ => $"Imported without permission: this person unsubscribed this {address}. Only they can change that.",
        };
    }
}
