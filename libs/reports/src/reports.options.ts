import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { BearerOptions } from './auth/bearer.options';

/** What an application tells the module. */
export interface ReportsOptions {
  /** Who may ask. */
  auth: BearerOptions;
}

export const { ConfigurableModuleClass: ConfigurableReportsModule, MODULE_OPTIONS_TOKEN: REPORTS_OPTIONS } =
  new ConfigurableModuleBuilder<ReportsOptions>().setClassMethodName('forRoot').build();
