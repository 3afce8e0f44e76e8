using Plura.Platform.Postgres;
using Plura.Web;

try
{
    if (args is [] or ["--urls", ..] or ["serve", ..])
        return await Serving.Serve(args);
    using var stop = new CancellationTokenSource();
    Console.CancelKeyPress += (_, e) => { e.Cancel = true; stop.Cancel(); };
    return await Commanding.Run(args, Console.Out, [], stop.Token);
}
catch (PlainException refusal)
{
    await Console.Error.WriteLineAsync(refusal.Message);
    return 1;
}
