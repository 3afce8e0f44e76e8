using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Plura.Platform;

/// <summary>
/// <c>Idempotency-Key</c> on POST /api: the first call's answer is kept and given again. Answers of 500 and above are not kept, because
/// the caller should be able to try again. Uploads are told apart by their length only; reading 200 MB twice would help nobody.
/// </summary>
public static class Idempotency
{
    private const int LongestKey = 255;
    private const int LongestHashedBody = 1 << 20;

    public static void UseIdempotency(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length == 0 || !HttpMethods.IsPost(http.Request.Method) || http.RequestServices.GetRequiredService<Tenant>().Current is null)
            await next(http);
        else if (key.Length > LongestKey)
            await Refusal.Invalid("idempotency.key", $"An Idempotency-Key has at most {LongestKey} characters.").Problem().ExecuteAsync(http);
        else
            await Once(http, next, key);
    });

    private static async Task Once(HttpContext http, RequestDelegate next, string key)
    {
        // A scope of its own: what the handler leaves in its context must not be saved by us.
        await using var scope = http.RequestServices.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Tenant>().EnterAs(http.RequestServices.GetRequiredService<Tenant>());
        var db = scope.ServiceProvider.GetRequiredService<PluraDb>();
        var call = await HashOf(http.Request);
        if (await db.Set<IdempotentReply>().FirstOrDefaultAsync(r => r.Key == key, http.RequestAborted) is { } earlier)
        {
            await Again(http, earlier, call);
            return;
        }

        var reply = IdempotentReply.Begin(key, call, scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow());
        db.Add(reply);
        try
        {
            await db.SaveChangesAsync(http.RequestAborted);
        }
        catch (DbUpdateException)
        {
            await Running().ExecuteAsync(http);
            return;
        }

        var (outward, body) = (http.Response.Body, new MemoryStream());
        http.Response.Body = body;
        var finished = false;
        try
        {
            await next(http);
            finished = http.Response.StatusCode < 500;
        }
        finally
        {
            http.Response.Body = outward;
            if (finished)
                reply.Answered(http.Response.StatusCode, http.Response.ContentType, body.ToArray());
            else
                db.Remove(reply);
            await db.SaveChangesAsync(CancellationToken.None);
        }

        body.Position = 0;
        await body.CopyToAsync(outward, http.RequestAborted);
    }

    private static async Task Again(HttpContext http, IdempotentReply earlier, byte[] call)
    {
        if (!CryptographicOperations.FixedTimeEquals(earlier.Call, call))
        {
            await Refusal.Invalid("idempotency.reused", "This Idempotency-Key was used for another request.").Problem().ExecuteAsync(http);
            return;
        }

        if (earlier.Status == 0)
        {
            await Running().ExecuteAsync(http);
            return;
        }

        http.Response.StatusCode = earlier.Status;
        http.Response.ContentType = earlier.ContentType;
        http.Response.Headers["Idempotency-Replayed"] = "true";
        if (earlier.Body.Length > 0)
            await http.Response.Body.WriteAsync(earlier.Body, http.RequestAborted);
    }

    private static IResult Running() => Refusal.Conflict("idempotency.running", "The first request with this Idempotency-Key is still being answered.").Problem();

    private static async Task<byte[]> HashOf(HttpRequest request)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n{request.ContentType?.Split(';')[0]}\n"));
        if (request.ContentLength > LongestHashedBody || request.HasFormContentType)
        {
            hash.AppendData(BitConverter.GetBytes(request.ContentLength ?? 0));
            return hash.GetHashAndReset();
        }

        request.EnableBuffering(LongestHashedBody);
        var buffer = new byte[8192];
        for (var read = await request.Body.ReadAsync(buffer); read > 0; read = await request.Body.ReadAsync(buffer))
            hash.AppendData(buffer.AsSpan(0, read));
        request.Body.Position = 0;
        return hash.GetHashAndReset();
    }
}
