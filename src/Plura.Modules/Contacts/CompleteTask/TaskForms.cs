using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Contacts;

/// <summary>The small forms that tick tasks on any page: they lead back to the page on which they stood, which says what happened and how to undo it.</summary>
public sealed class TaskForms(IAntiforgery antiforgery, Flash flash)
{
    public async Task<IResult> Answer(HttpContext http, string account, Func<Task<(Refusal? Refusal, string Said, string? Undo)>> act)
    {
        await antiforgery.ValidateRequestAsync(http);
        var back = (await http.Request.ReadFormAsync(http.RequestAborted))["Back"].ToString();
        var (refusal, said, undo) = await act();
        if (refusal is not null)
            return refusal.Problem();
        flash.Say(said, undo);
        // Only to a page of this account.
        return Results.LocalRedirect(back.StartsWith($"/a/{account}/", StringComparison.OrdinalIgnoreCase) || string.Equals(back, $"/a/{account}", StringComparison.OrdinalIgnoreCase) ? back : $"/a/{account}/tasks");
    }
}
