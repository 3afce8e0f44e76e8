using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Platform;
using Plura.Sites.Data;

namespace Plura.Sites;

/// <summary>The form as the public sees it: on a page of its own, or in a frame on somebody's website.</summary>
public static class PublicForms
{
    private const string Reason = "A sign-up form is for strangers.";

    public static void MapPublicForms(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/f/{form}", async (string form, HttpContext http, FormDoor door, FormVisit visits, CancellationToken ct) =>
            await door.Enter(form, ct) is { } open
                ? Page(open, new FormSheet { Note = visits.Note(form, open.Form.Version), Page = Seen(http) })
                : Gone()).WithName("ShowForm").Public(Reason).MayBeFramed("Accounts show their form on their own website.");

        // No antiforgery cookie: a frame on another site has none. There is no session to misuse; the signed visit stands for the page.
        routes.MapPost("/f/{form}", Submit).WithName("SubmitForm").Public(Reason).MayBeFramed("Accounts show their form on their own website.").DisableAntiforgery();

        routes.MapGet("/f/{form}/embed.js", async (string form, HttpContext http, PluraDb db, CancellationToken ct) =>
        {
            if (!await db.PublicForms.AnyAsync(f => f.Key == form, ct))
                return Results.NotFound();
            http.Response.Headers.CacheControl = "public, max-age=300";
            http.Response.Headers.Append("Cross-Origin-Resource-Policy", "cross-origin");
            return Results.Content(Embed.Replace("{form}", form, StringComparison.Ordinal), "text/javascript; charset=utf-8");
        }).WithName("EmbedForm").Public(Reason);
    }

    private static async Task<IResult> Submit(string form, HttpContext http, [FromForm] IFormCollection answers, FormDoor door, FormVisit visits, VisitorLimit limit, SubmitFormHandler handler, CancellationToken ct)
    {
        if (await door.Enter(form, ct) is not { } open)
            return Gone();
        if (open.Closed)
            return Page(open, new FormSheet(), StatusCodes.Status410Gone);
        var sheet = FormSheet.Read(open.Form, answers);
        var visit = visits.Read(form, open.Form.Version, answers["visit"], answers["work"]);
        // A tick is for the words beside which it was set; beside other words the box starts empty.
        if (visit.Refusal?.Code is FormVisit.Changed or FormVisit.Unknown)
            sheet = sheet with { Ticked = new HashSet<int>() };
        // A box that people cannot see: whoever fills it in is asked once more.
        var trapped = answers["nickname"].ToString().Length > 0;
        var refusal = visit.Refusal
            ?? (trapped ? Refusal.Invalid("form.trap", "Please press the button once more. Nothing you wrote is lost.") : null)
            ?? await limit.Exceeded(form, http.Connection.RemoteIpAddress, ct);
        if (refusal is null)
        {
            var submitted = await handler.Handle(new SubmitForm
            {
                FormId = open.Form.Id,
                Visit = visit.Value.Id,
                Answers = sheet.Answers,
                Ticked = sheet.Ticked,
                Worked = visit.Value.Worked,
                IpAddress = http.Connection.RemoteIpAddress?.ToString(),
                UserAgent = Short(http.Request.Headers.UserAgent),
                Page = Short(answers["page"]),
            }, ct);
            if (submitted.Ok)
                return Page(open, sheet with { Done = submitted.Value });
            refusal = submitted.Refusal;
        }

        return Page(open, sheet with { Refusal = refusal, Note = visits.Note(form, open.Form.Version), Page = answers["page"] }, refusal!.Status());
    }

    private static IResult Page(OpenForm open, FormSheet sheet, int status = StatusCodes.Status200OK) =>
        new RazorComponentResult<HostedForm>(new { Open = open, Sheet = sheet }) { StatusCode = status, PreventStreamingRendering = true };

    private static IResult Gone() => new RazorComponentResult<HostedForm>(new { Sheet = new FormSheet() }) { StatusCode = StatusCodes.Status404NotFound };

    private static string? Seen(HttpContext http) => Short(http.Request.Headers.Referer.ToString() is { Length: > 0 } from ? from : $"{http.Request.Scheme}://{http.Request.Host}{http.Request.Path}");

    private static string? Short(string? text) => text is { Length: > 500 } ? text[..500] : text;

    private const string Embed = """
        (() => {
          const script = document.currentScript;
          const frame = document.createElement('iframe');
          frame.src = new URL('/f/{form}?framed', script.src).href;
          frame.title = 'Sign-up form';
          frame.style.cssText = 'width:100%;max-width:640px;height:480px;border:0;color-scheme:light';
          script.after(frame);
          addEventListener('message', event => {
            if (event.source === frame.contentWindow && typeof event.data?.pluraHeight === 'number')
              frame.style.height = event.data.pluraHeight + 'px';
          });
        })();
        """;
}

/// <summary>A public form with the business it belongs to.</summary>
public sealed record OpenForm(Form Form, string Business)
{
    /// <summary>The look of the account's agency, where it has one.</summary>
    public BrandCard? Brand { get; init; }

    /// <summary>The account was closed: its forms show, and take nothing.</summary>
    public bool Closed { get; init; }
}

/// <summary>Finds the account behind a form's public address, and enters it.</summary>
public sealed class FormDoor(PluraDb db, Tenant tenant, IAccountDirectory accounts, IAgencyBrands brands)
{
    public async Task<OpenForm?> Enter(string key, CancellationToken ct)
    {
        if (await db.PublicForms.AsNoTracking().FirstOrDefaultAsync(f => f.Key == key, ct) is not { } found)
            return null;
        tenant.Enter(found.TenantId);
        var form = await db.Forms.FirstOrDefaultAsync(f => f.Id == found.FormId, ct);
        var account = await accounts.Account(found.TenantId, ct);
        return form is null || account is null ? null : new OpenForm(form, account.Name) { Brand = await brands.OfAgency(account.AgencyId, ct), Closed = account.Closed };
    }
}

/// <summary>What stands in the form now: what was typed, what was wrong with it, or the thanks.</summary>
public sealed record FormSheet
{
    public IReadOnlyDictionary<string, string> Answers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlySet<int> Ticked { get; init; } = new HashSet<int>();

    public Refusal? Refusal { get; init; }

    public Submitted? Done { get; init; }

    public string Note { get; init; } = "";

    /// <summary>The page on which the visitor saw the form.</summary>
    public string? Page { get; init; }

    public static FormSheet Read(Form form, IFormCollection posted) => new()
    {
        Answers = form.Fields.ToDictionary(f => f.Path, f => posted[f.Path].ToString().Trim(), StringComparer.Ordinal),
        Ticked = Enumerable.Range(0, form.Consents.Count).Where(n => posted[$"consent_{n}"] == "true").ToHashSet(),
        Page = posted["page"],
    };
}
