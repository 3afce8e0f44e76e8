using System.Globalization;
using Microsoft.AspNetCore.Http;
using Plura.Contacts.Contracts;

namespace Plura.Campaigns;

/// <summary>The composer's fields as they arrive; the page, the autosave and the preview read the same form.</summary>
public static class ComposerForm
{
    public static CreateCampaign Create(IFormCollection form)
    {
        var draft = new CreateCampaign();
        Fill(draft, form);
        return draft;
    }

    public static EditCampaign Edit(Guid id, IFormCollection form)
    {
        var draft = new EditCampaign { Id = id, Version = Number(form["version"]) ?? 0 };
        Fill(draft, form);
        return draft;
    }

    private static void Fill(CampaignDraft draft, IFormCollection form)
    {
        draft.Name = form["name"];
        draft.Subject = form["subject"];
        draft.Preview = form["preview"];
        draft.Html = form["html"];
        draft.FromName = form["fromName"];
        draft.FromEmail = form["fromEmail"];
        draft.ReplyTo = form["replyTo"];
        draft.Topic = form["topic"];
        draft.RatePerMinute = Number(form["ratePerMinute"]);
        draft.Audience = Choose(form);
    }

    /// <summary>Only what the chosen kind of audience shows counts: a tag ticked before "everyone" was chosen is not meant.</summary>
    private static Audience Choose(IFormCollection form)
    {
        var kind = form["audience"].ToString();
        return new Audience
        {
            All = kind == "all",
            Tags = kind == "tags" ? Words(form["tags"]) : [],
            SmartList = kind == "search" ? Id(form["smartList"]) : null,
            ExceptTags = Words(form["exceptTags"]),
            ExceptSmartList = Id(form["exceptSmartList"]),
        };
    }

    private static string[] Words(IEnumerable<string?> values) =>
        [.. values.OfType<string>().Where(v => v.Length > 0).Distinct(StringComparer.Ordinal)];

    private static Guid? Id(string? text) => Guid.TryParse(text, out var id) ? id : null;

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
